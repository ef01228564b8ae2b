// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/training_run.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/train/descent/learning_rate.hpp>
#include <wideproof/train/regularizers/parameter_penalty.hpp>
#include <wideproof/train/regularizers/untrained_persistence.hpp>
#include <wideproof/train/saved/saved_bytes.hpp>
#include <wideproof/train/saved/saved_state.hpp>
#include <wideproof/train/training_outcome.hpp>

namespace wideproof::train {
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
  for_each_ = [&team](std::int64_t blocks, const auto& work) { team.for_each(blocks, work); };
  if (saved.empty()) look_at_persistence();
  if (plan.trains_readout_alone()) {
    hidden_ = observer_.look(*pass_, parameters_, 0, &inputs_).hidden;
    parameters_ = {parameters_.back()};
    make_pass({});
  }
  step_of_.emplace(plan.options, parameters_, team);
  errors_ = at::empty({plan.batch, outputs}, plan.dtype);
  if (plan.options.dropout > 0) {
    masks_.emplace(id, plan.options.dropout, plan.widths(), plan.batch);
  }
  if (plan.options.regularizer.is_of_correlations()) {
    penalty_.emplace(plan.options.regularizer, for_each_);
    auto widths = plan.widths();
    widths.push_back(outputs);
    for (const auto width : widths) {
      penalty_gradients_.push_back(at::empty({plan.batch, width}, plan.dtype));
    }
  }
  if (saved.empty()) {
    start();
  } else {
    load(saved);
  }
  loss_.emplace(plan.options.loss, plan.data->targets, plan.data->are_classes, outputs_at_start_);
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

void TrainingRun::look_at_persistence() {
  if (plan_.persistence_inputs == 0) return;
  const auto& training = plan_.data->training;
  const std::vector<std::int64_t> rows(
      training.begin(), training.begin() + static_cast<std::ptrdiff_t>(plan_.persistence_inputs));
  pass_->forward(parameters_, select_rows(inputs_, rows));
  persistence_ = untrained_persistence(activations(), plan_.options.regularizer.a, for_each_);
}

void TrainingRun::advance() {
  const auto& rows = order_.batch(step_);
  const auto inputs = select_rows(inputs_, rows);
  const auto outputs =
      pass_->forward(parameters_, inputs, {.masks = masks_ ? &*masks_ : nullptr, .step = step_});
  auto errors = errors_.narrow(0, 0, outputs.size(0));
  batch_ = (*loss_)(rows, outputs, errors);
  require_finite(batch_.loss);
  const double rate = learning_rate(plan_.options, step_, plan_.steps);
  pass_back(inputs, errors, step_of_->use(rate));
  step_of_->finish(rate);
  ++step_;
  look_if_recorded();
}

void TrainingRun::pass_back(const at::Tensor& inputs, at::Tensor& errors,
                            const NetworkPass::Use& use) {
  if (!penalty_ || plan_.options.regularizer.strength == 0) {
    pass_->backward(parameters_, errors, use);
    return;
  }
  auto rest = use;
  if (masks_) {
    pass_->backward(parameters_, errors, use);
    pass_->forward(parameters_, inputs);
    errors.zero_();
    rest.keep = 1;
  }
  const auto of_layers = add_penalty(errors);
  pass_->backward(parameters_, errors, rest, of_layers);
}

std::vector<at::Tensor> TrainingRun::activations() const {
  std::vector<at::Tensor> layers;
  for (std::int64_t l = 0; l < pass_->hidden(); ++l) {
    layers.push_back(pass_->activations(static_cast<std::size_t>(l)));
  }
  layers.push_back(pass_->outputs());
  return layers;
}

std::vector<at::Tensor> TrainingRun::add_penalty(at::Tensor& errors) {
  std::vector<at::Tensor> gradients;
  for (const auto& buffer : penalty_gradients_) {
    gradients.push_back(buffer.narrow(0, 0, errors.size(0)));
  }
  penalty_->value(activations(), plan_.options.regularizer.strength, gradients);
  errors.add_(gradients.back());
  gradients.pop_back();
  return gradients;
}

double TrainingRun::penalty() {
  const auto& regularizer = plan_.options.regularizer;
  if (!regularizer.exists()) return std::numeric_limits<double>::quiet_NaN();
  if (!penalty_) return parameter_penalty(regularizer.kind, tensors_of(parameters_));
  const auto& training = plan_.data->training;
  const auto count = std::min(plan_.batch, TrainingPlan::most_penalised_inputs);
  const std::vector<std::int64_t> rows(training.begin(),
                                       training.begin() + static_cast<std::ptrdiff_t>(count));
  pass_->forward(parameters_, select_rows(inputs_, rows));
  return penalty_->value(activations());
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
  state.regularizer = penalty();
  state.active_fractions = std::move(hidden->active_fractions);
  state.effective_dimension = hidden->effective_dimension;
  state.degrees_of_correlation = std::move(hidden->degrees_of_correlation);
  state.activity = std::move(hidden->activity);
  if (states_.empty()) {
    state.untrained = untrained_;
    state.persistence = persistence_;
  }
  if (tangent_at_start_.size() > 0) {
    state.tangent_drift =
        relative_change(observer_.tangent(*pass_, parameters_, inputs_), tangent_at_start_);
  }
  return state;
}

void TrainingRun::require_finite(double loss) const {
  if (!std::isfinite(loss)) refuse_divergence(plan_.options, id_, step_);
}

std::string TrainingRun::save(double bytes) const {
  ByteWriter writer;
  writer.reserve(bytes);
  writer.put(id_.seed);
  writer.put(id_.width);
  writer.put(id_.replicate);
  writer.put(step_);
  for (const auto& tensor : tensors_of(parameters_)) writer.put(tensor);
  writer.put(step_of_->save());
  writer.put(outputs_at_start_);
  writer.put(tangent_at_start_);
  put_activity(writer, untrained_);
  if (plan_.persistence_inputs > 0) {
    for (const auto& [name, number] : model::persistence_numbers) writer.put(persistence_.*number);
  }
  writer.put(stopping_.lowest);
  writer.put(stopping_.best);
  writer.put(stopping_.since);
  writer.put(std::uint64_t{states_.size()});
  for (const auto& state : states_) put_state(writer, state);
  return std::move(writer).bytes();
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
  if (plan_.persistence_inputs > 0) {
    for (const auto& [name, number] : model::persistence_numbers) {
      persistence_.*number = reader.get<double>();
    }
  }
  stopping_.lowest = reader.get<double>();
  stopping_.best = reader.get<std::int64_t>();
  stopping_.since = reader.get<std::int64_t>();
  const auto states = reader.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < states; ++i) states_.push_back(get_state(reader));
  if (!states_.empty()) states_.front().persistence = persistence_;
  if (states_.size() >= plan_.record.size() || plan_.record[states_.size()] <= step_) {
    ByteReader::refuse();
  }
}

}  // namespace wideproof::train
