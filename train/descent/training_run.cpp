// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/training_run.hpp>

#include <cmath>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/train/descent/learning_rate.hpp>
#include <wideproof/train/descent/saved_bytes.hpp>
#include <wideproof/train/training_outcome.hpp>

namespace wideproof::train {
namespace {

void put_activity(ByteWriter& writer, const model::SeenActivity& activity) {
  for (const auto* group : {&activity.training, &activity.test}) {
    writer.put(group->sparsity);
    writer.put(group->selectivity);
  }
}

model::SeenActivity get_activity(ByteReader& reader) {
  model::SeenActivity activity;
  for (auto* group : {&activity.training, &activity.test}) {
    group->sparsity = reader.get_matrix();
    group->selectivity = reader.get_matrix();
  }
  return activity;
}

void put_state(ByteWriter& writer, const model::TrainedState& state) {
  writer.put(state.outputs);
  for (const double value : {state.loss, state.test_loss, state.accuracy, state.test_accuracy,
                             state.tangent_drift, state.effective_dimension}) {
    writer.put(value);
  }
  writer.put(Eigen::MatrixXd(state.active_fractions));
  writer.put(Eigen::MatrixXd(state.degrees_of_correlation));
  put_activity(writer, state.activity);
  put_activity(writer, state.untrained);
}

model::TrainedState get_state(ByteReader& reader) {
  model::TrainedState state;
  state.outputs = reader.get_matrix();
  for (double* value : {&state.loss, &state.test_loss, &state.accuracy, &state.test_accuracy,
                        &state.tangent_drift, &state.effective_dimension}) {
    *value = reader.get<double>();
  }
  state.active_fractions = reader.get_matrix().reshaped();
  state.degrees_of_correlation = reader.get_matrix().reshaped();
  state.activity = get_activity(reader);
  state.untrained = get_activity(reader);
  return state;
}

}  // namespace

TrainingRun::TrainingRun(const TrainingPlan& plan, const sim::NetworkId& id,
                         const std::string& saved, WorkerTeam& team)
    : plan_(plan), id_(id), observer_(plan, id, team), order_(id, plan.data->training, plan.batch) {
  const std::int64_t outputs = plan.data->outputs();
  parameters_ =
      draw_parameters(plan.law, id, plan.inputs.size(1), outputs, plan.options, plan.dtype, team);
  inputs_ = plan.inputs;
  const auto make_pass = [&](const std::vector<std::int64_t>& widths) {
    pass_.emplace(plan.law, plan.options, widths, outputs, plan.most_inputs(), plan.dtype, team);
  };
  make_pass(plan.widths());
  if (plan.trains_readout_alone()) {
    hidden_ = observer_.look(*pass_, parameters_, 0, &inputs_).hidden;
    parameters_ = {parameters_.back()};
    make_pass({});
  }
  step_of_.emplace(plan.options, parameters_, team);
  errors_ = at::empty({plan.batch, outputs}, plan.dtype);
  if (saved.empty()) {
    start();
  } else {
    load(saved);
  }
  loss_.emplace(plan.options.loss, plan.data->targets, outputs_at_start_);
  if (saved.empty()) look_if_recorded();
}

void TrainingRun::start() {
  if (hidden_) {
    untrained_ = hidden_->activity;
    if (plan_.options.centred) outputs_at_start_ = observer_.read_out(*pass_, parameters_, inputs_);
  } else {
    auto seen = observer_.look(*pass_, parameters_, 0);
    untrained_ = std::move(seen.hidden.activity);
    if (plan_.options.centred) outputs_at_start_ = std::move(seen.outputs);
  }
  if (plan_.has_tangent_drift()) {
    tangent_at_start_ = observer_.tangent(*pass_, parameters_, inputs_);
  }
}

void TrainingRun::advance() {
  const auto& rows = order_.batch(step_);
  const auto outputs = pass_->forward(parameters_, select_rows(inputs_, rows));
  auto errors = errors_.narrow(0, 0, outputs.size(0));
  batch_loss_ = (*loss_)(rows, outputs, errors);
  require_finite(batch_loss_);
  const double rate = learning_rate(plan_.options, step_, plan_.steps);
  pass_->backward(parameters_, errors, step_of_->use(rate));
  step_of_->finish(rate);
  ++step_;
  look_if_recorded();
}

void TrainingRun::look_if_recorded() {
  if (plan_.record[states_.size()] != step_) return;
  states_.push_back(look());
  require_finite(states_.back().loss);
  const auto index = static_cast<std::int64_t>(states_.size()) - 1;
  if (!stopping_.ends_at(index, validation_loss_, plan_.options.patience)) return;
  const auto best = states_[static_cast<std::size_t>(stopping_.best)];
  states_.pop_back();
  states_.resize(plan_.record.size(), best);
}

model::TrainedState TrainingRun::look() {
  model::TrainedState state;
  Eigen::MatrixXd outputs;
  auto hidden = hidden_;
  if (hidden) {
    outputs = observer_.read_out(*pass_, parameters_, inputs_);
  } else {
    auto seen = observer_.look(*pass_, parameters_, step_);
    outputs = std::move(seen.outputs);
    hidden = std::move(seen.hidden);
  }
  if (outputs_at_start_.size() > 0) outputs -= outputs_at_start_;
  judge_outputs(outputs, *plan_.data, plan_.options.loss, state);
  validation_loss_ =
      loss_of(plan_.options.loss, outputs, plan_.data->targets, plan_.data->validation);
  if (outputs.size() <= TrainingPlan::most_kept_outputs) state.outputs = outputs.transpose();
  state.active_fractions = std::move(hidden->active_fractions);
  state.effective_dimension = hidden->effective_dimension;
  state.degrees_of_correlation = std::move(hidden->degrees_of_correlation);
  state.activity = std::move(hidden->activity);
  if (states_.empty()) state.untrained = untrained_;
  if (tangent_at_start_.size() > 0) {
    state.tangent_drift =
        relative_change(observer_.tangent(*pass_, parameters_, inputs_), tangent_at_start_);
  }
  return state;
}

void TrainingRun::require_finite(double loss) const {
  if (std::isfinite(loss)) return;
  throw model::InputError(
      "training.learning_rate", plan_.options.learning_rate,
      fmt::format("the loss of network {} of width {} is no longer finite after step {}; choose a "
                  "smaller rate or set training.clip_norm",
                  id_.replicate, id_.width, step_));
}

std::string TrainingRun::save() const {
  ByteWriter writer;
  writer.put(id_.seed);
  writer.put(id_.width);
  writer.put(id_.replicate);
  writer.put(step_);
  for (const auto& tensor : tensors_of(parameters_)) writer.put(tensor);
  writer.put(step_of_->save());
  writer.put(outputs_at_start_);
  writer.put(tangent_at_start_);
  put_activity(writer, untrained_);
  writer.put(stopping_.lowest);
  writer.put(stopping_.best);
  writer.put(stopping_.since);
  writer.put(std::uint64_t{states_.size()});
  for (const auto& state : states_) put_state(writer, state);
  return writer.bytes();
}

void TrainingRun::load(const std::string& bytes) {
  ByteReader reader(bytes);
  reader.require(id_.seed);
  reader.require(id_.width);
  reader.require(id_.replicate);
  step_ = reader.get<std::int64_t>();
  for (const auto& tensor : tensors_of(parameters_)) reader.get_into(tensor);
  step_of_->load(reader.get_text());
  outputs_at_start_ = reader.get_matrix();
  tangent_at_start_ = reader.get_matrix();
  untrained_ = get_activity(reader);
  stopping_.lowest = reader.get<double>();
  stopping_.best = reader.get<std::int64_t>();
  stopping_.since = reader.get<std::int64_t>();
  const auto states = reader.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < states; ++i) states_.push_back(get_state(reader));
  if (states_.size() >= plan_.record.size() || plan_.record[states_.size()] <= step_) {
    ByteReader::refuse();
  }
}

}  // namespace wideproof::train
