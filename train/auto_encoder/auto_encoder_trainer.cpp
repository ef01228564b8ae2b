// SPDX-License-Identifier: MIT
#include <wideproof/train/auto_encoder/auto_encoder_trainer.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/sim/random/random_order.hpp>
#include <wideproof/train/activity/hidden_activity.hpp>
#include <wideproof/train/auto_encoder/sample_order.hpp>
#include <wideproof/train/descent/early_stopping.hpp>
#include <wideproof/train/descent/worker_team.hpp>
#include <wideproof/train/saved/saved_bytes.hpp>
#include <wideproof/train/saved/saved_state.hpp>
#include <wideproof/train/training_outcome.hpp>

namespace wideproof::train {
namespace {

using Weights = AutoEncoder::Weights;

constexpr std::int64_t looked_at_together = 256;
constexpr Eigen::Index most_kept_numbers = 10000;

at::Tensor view_of(Weights& matrix) {
  return at::from_blob(matrix.data(), {matrix.rows(), matrix.cols()}, at::kFloat);
}

Weights drawn_normals(const sim::StreamName& name, Eigen::Index rows, Eigen::Index columns,
                      double deviation) {
  const auto drawn =
      sim::normal_tensor(sim::NormalStream(name), 0, rows, columns, at::kFloat).contiguous();
  return static_cast<float>(deviation) *
         Eigen::Map<const Weights>(drawn.data_ptr<float>(), rows, columns);
}

std::int64_t side_of_image(std::int64_t dimension) {
  const auto side = std::llround(std::sqrt(static_cast<double>(dimension)));
  if (side * side == dimension) return side;
  throw model::InputError("training.auto_encoder.jitter", true,
                          fmt::format("moves square images; inputs have {} numbers", dimension));
}

/// Bytes of a matrix, to be put as text.
std::string bytes_of(const float* data, Eigen::Index count) {
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(count) * sizeof(float)};
}

void take_bytes(ByteReader& reader, float* data, Eigen::Index count) {
  const auto bytes = reader.get_text();
  if (bytes.size() != static_cast<std::size_t>(count) * sizeof(float)) ByteReader::refuse();
  std::memcpy(data, bytes.data(), bytes.size());
}

}  // namespace

AutoEncoderTrainer::AutoEncoderTrainer(const model::Network& network, std::int64_t width,
                                       std::shared_ptr<const model::TrainingData> data,
                                       const model::TrainingOptions& options)
    : network_(network),
      width_(width),
      data_(std::move(data)),
      options_(options),
      inputs_(data_->inputs.cast<float>()),
      targets_(data_->targets.cast<float>()) {
  const auto steps = options_.steps_for(static_cast<std::int64_t>(data_->training.size()));
  record_ = options_.record.empty() ? std::vector{steps} : options_.record;
  if (record_.back() > steps) {
    throw model::InputError("training.record", record_.back(),
                            fmt::format("training ends after step {}", steps));
  }
  const HiddenCode refuses_what_it_cannot(network_, options_.auto_encoder.kept, width_);
  if (options_.auto_encoder.jitter) side_ = side_of_image(inputs_.cols());
}

AutoEncoder AutoEncoderTrainer::start(const sim::NetworkId& id) const {
  const auto& options = options_.auto_encoder;
  const auto first = stream_name(id, sim::Purpose::weights, 1);
  Weights columns(width_, inputs_.cols());
  if (options.start == model::ColumnStart::normal) {
    columns = drawn_normals(first, width_, inputs_.cols(),
                            1 / std::sqrt(static_cast<double>(inputs_.cols())));
  } else {
    const auto inputs = static_cast<std::int64_t>(data_->training.size());
    const auto drawn = drawn_samples(id, -1, width_, inputs, false);
    for (Eigen::Index unit = 0; unit < columns.rows(); ++unit) {
      const auto input = drawn[static_cast<std::size_t>(unit)].input;
      columns.row(unit) = inputs_.row(data_->training[static_cast<std::size_t>(input)]);
    }
  }
  const auto outputs = targets_.cols();
  const Weights above = drawn_normals(stream_name(id, sim::Purpose::readout, 1), outputs,
                                      width_ + 1, options.start_deviation);
  return {HiddenCode(network_, options.kept, width_), std::move(columns), above.leftCols(width_),
          above.col(width_)};
}

AutoEncoderTrainer::Seen AutoEncoderTrainer::look(AutoEncoder& network, const sim::NetworkId& id,
                                                  std::int64_t step) const {
  const auto& data = *data_;
  Eigen::MatrixXd outputs(data.points(), targets_.cols());
  Weights inputs;
  Weights u(looked_at_together, width_);
  Seen seen;
  double active = 0;
  const bool is_signed = model::has_negative_activities(network_);
  const auto push = [&](const std::vector<Eigen::Index>& rows, std::int64_t group) {
    const auto order = sim::random_order(stream_name(id, sim::Purpose::labels, group), step,
                                         static_cast<std::int64_t>(rows.size()));
    HiddenActivity activity(data, rows, order, {width_},
                            {.are_both = is_signed, .count_both = true});
    for (std::size_t first = 0; first < rows.size(); first += looked_at_together) {
      const auto count = std::min<std::size_t>(looked_at_together, rows.size() - first);
      const std::vector<Eigen::Index> some(
          rows.begin() + static_cast<std::ptrdiff_t>(first),
          rows.begin() + static_cast<std::ptrdiff_t>(first + count));
      inputs = inputs_(some, Eigen::all);
      auto received = view_of(u).narrow(0, 0, static_cast<std::int64_t>(count));
      sim::multiply({.transpose_b = true}, view_of(inputs), view_of(network.weights), received);
      for (std::size_t i = 0; i < count; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        outputs.row(some[i]) = network.read_out(u.row(row).transpose()).cast<double>().transpose();
        u.row(row) = network.code().values().transpose();
        if (group == 0) active += static_cast<double>(network.code().active().size());
      }
      activity.add(0, received);
    }
    return activity.activity();
  };
  seen.state.activity = {.training = push(data.training, 0), .test = push(data.test, 1)};
  push(data.validation, 2);
  judge_outputs(outputs, data, model::Loss::cross_entropy, seen.state);
  seen.validation_loss =
      loss_of(model::Loss::cross_entropy, outputs, data.targets, data.validation);
  if (outputs.size() <= most_kept_numbers) seen.state.outputs = outputs.transpose();
  seen.state.active_fractions = Eigen::VectorXd::Constant(
      1, active / (static_cast<double>(data.training.size()) * static_cast<double>(width_)));
  return seen;
}

/// One training, step by step.
class AutoEncoderTrainer::Run {
 public:
  Run(const AutoEncoderTrainer& trainer, const sim::NetworkId& id, const std::string& saved)
      : trainer_(trainer), id_(id), network_(trainer.start(id)) {
    if (saved.empty()) {
      untrained_ = trainer_.look(network_, id_, 0).state.activity;
      look_if_recorded();
    } else {
      load(saved);
    }
  }

  bool is_over() const { return states_.size() == trainer_.record_.size(); }
  std::int64_t step() const { return step_; }
  double objective() const { return objective_; }
  const model::TrainedNetwork& states() const { return states_; }

  void advance() {
    const auto& options = trainer_.options_.auto_encoder;
    const auto epoch = step_ / options.samples;
    const auto& sample = sample_of(epoch, step_ % options.samples);
    const auto row = trainer_.data_->training[static_cast<std::size_t>(sample.input)];
    if (trainer_.side_ > 0) {
      x_.resize(trainer_.inputs_.cols());
      shift_image(trainer_.inputs_.row(row).data(), trainer_.side_, sample.shift, x_.data());
    } else {
      x_ = trainer_.inputs_.row(row).transpose();
    }
    y_ = trainer_.targets_.row(row).transpose();
    const double rate =
        trainer_.options_.learning_rate * std::pow(options.rate_decay, static_cast<double>(epoch));
    objective_ = network_.learn(x_, y_, rate, options.blend(epoch));
    require(std::isfinite(objective_), "the objective");
    ++step_;
    const bool is_epoch = step_ % options.samples == 0;
    // An overflow of the last step would be seen in the next one's objective, and there may be
    // none.
    if (is_epoch || is_recorded()) require(network_.is_finite(), "a weight");
    if (is_epoch && options.connectivity) network_.project_columns(*options.connectivity);
    look_if_recorded();
  }

  std::string save() const {
    ByteWriter writer;
    writer.reserve(trainer_.saved());
    for (const auto value : {static_cast<std::int64_t>(id_.seed), id_.width, id_.replicate, step_})
      writer.put(value);
    writer.put(bytes_of(network_.weights.data(), network_.weights.size()));
    writer.put(bytes_of(network_.readout.data(), network_.readout.size()));
    writer.put(bytes_of(network_.biases.data(), network_.biases.size()));
    put_activity(writer, untrained_);
    writer.put(stopping_.lowest);
    writer.put(stopping_.best);
    writer.put(stopping_.since);
    writer.put(std::uint64_t{states_.size()});
    for (const auto& state : states_) put_state(writer, state);
    return std::move(writer).bytes();
  }

 private:
  void load(const std::string& bytes) {
    ByteReader reader(bytes);
    reader.require(static_cast<std::int64_t>(id_.seed));
    reader.require(id_.width);
    reader.require(id_.replicate);
    step_ = reader.get<std::int64_t>();
    take_bytes(reader, network_.weights.data(), network_.weights.size());
    take_bytes(reader, network_.readout.data(), network_.readout.size());
    take_bytes(reader, network_.biases.data(), network_.biases.size());
    untrained_ = get_activity(reader);
    stopping_.lowest = reader.get<double>();
    stopping_.best = reader.get<std::int64_t>();
    stopping_.since = reader.get<std::int64_t>();
    const auto states = reader.get<std::uint64_t>();
    for (std::uint64_t i = 0; i < states; ++i) states_.push_back(get_state(reader));
    const auto& record = trainer_.record_;
    if (states_.size() >= record.size() || record[states_.size()] <= step_) ByteReader::refuse();
  }

  const DrawnSample& sample_of(std::int64_t epoch, std::int64_t place) {
    if (epoch != epoch_) {
      const auto& options = trainer_.options_.auto_encoder;
      epoch_ = epoch;
      samples_ =
          drawn_samples(id_, epoch, options.samples,
                        static_cast<std::int64_t>(trainer_.data_->training.size()), options.jitter);
    }
    return samples_[static_cast<std::size_t>(place)];
  }

  bool is_recorded() const { return trainer_.record_[states_.size()] == step_; }

  void look_if_recorded() {
    const auto& record = trainer_.record_;
    if (!is_recorded()) return;
    auto seen = trainer_.look(network_, id_, step_);
    seen.state.untrained = untrained_;
    states_.push_back(std::move(seen.state));
    const auto index = static_cast<std::int64_t>(states_.size()) - 1;
    if (!stopping_.ends_at(index, seen.validation_loss, trainer_.options_.patience)) return;
    const auto best = states_[static_cast<std::size_t>(stopping_.best)];
    states_.pop_back();
    states_.resize(record.size(), best);
  }

  /// Of what is no longer finite otherwise.
  void require(bool is_finite, std::string_view what) const {
    if (is_finite) return;
    throw model::InputError(
        "training.learning_rate", trainer_.options_.learning_rate,
        fmt::format("{} of network {} of width {} is no longer finite after step {}; choose a "
                    "smaller rate",
                    what, id_.replicate + 1, id_.width, step_));
  }

  const AutoEncoderTrainer& trainer_;
  sim::NetworkId id_;
  AutoEncoder network_;
  std::int64_t step_ = 0;
  double objective_ = std::numeric_limits<double>::quiet_NaN();
  std::int64_t epoch_ = -1;
  std::vector<DrawnSample> samples_;  ///< of epoch_
  Eigen::VectorXf x_, y_;
  model::SeenActivity untrained_;
  EarlyStopping stopping_;
  model::TrainedNetwork states_;
};

model::TrainedNetwork AutoEncoderTrainer::train(std::uint64_t seed, std::int64_t replicate,
                                                int /*threads*/, Hooks hooks) const {
  model::TrainedNetwork states;
  if (hooks.saved) hooks.saved->clear();
  // A thread of its own, where LibTorch and BLAS compute on it alone.
  WorkerTeam(1).run([&] {
    Run run(*this, {seed, width_, replicate}, hooks.resume_from);
    hooks.resume_from = {};
    while (!run.is_over()) {
      run.advance();
      if (run.is_over() || !hooks.go_on) continue;
      if (hooks.go_on({run.step(), record_.back(), run.objective()})) continue;
      if (hooks.saved) *hooks.saved = run.save();
      break;
    }
    states = run.states();
  });
  return states;
}

double AutoEncoderTrainer::memory(int /*threads*/) const {
  const auto n = static_cast<double>(width_);
  const auto d = static_cast<double>(inputs_.cols());
  const auto points = static_cast<double>(inputs_.rows());
  return sizeof(float) * (n * d + looked_at_together * (n + d)) +
         24 * points * static_cast<double>(targets_.cols());
}

double AutoEncoderTrainer::saved() const {
  const double weights =
      static_cast<double>(width_) * static_cast<double>(inputs_.cols() + targets_.cols());
  return sizeof(float) * weights +
         8 * static_cast<double>(record_.size()) * static_cast<double>(targets_.size());
}

double AutoEncoderTrainer::held() const {
  return sizeof(float) * static_cast<double>(inputs_.size() + targets_.size());
}

double AutoEncoderTrainer::work() const {
  const auto n = static_cast<double>(width_);
  const auto d = static_cast<double>(inputs_.cols());
  return n * d *
         (4 * static_cast<double>(record_.back()) +
          static_cast<double>(record_.size()) * static_cast<double>(inputs_.rows()));
}

}  // namespace wideproof::train
