// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_trainer.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/train/activity/hidden_activity.hpp>
#include <wideproof/train/descent/hidden_statistics.hpp>
#include <wideproof/train/descent/parameter_step.hpp>
#include <wideproof/train/descent/training_run.hpp>
#include <wideproof/train/descent/worker_team.hpp>
#include <wideproof/train/regularizers/activation_penalty.hpp>

namespace wideproof::train {
namespace {

void require_trainable(const TrainingPlan& plan) {
  const auto& network = plan.law.hidden.network;
  const auto activation = network.activation();
  const bool is_stuck =
      model::has_jumps(network) || activation == model::Activation::thresholded_pointwise;
  if (is_stuck && !plan.trains_readout_alone()) {
    throw model::InputError("network.activation", network.activation_name(),
                            "has hidden layers that cannot train; set training.layers = "
                            "\"readout\"");
  }
  plan.options.regularizer.check_fits(plan.widths());
  for (const auto width : plan.widths()) {
    network.presynaptic().check_fits("network.presynaptic", width);
    network.postsynaptic().check_fits("network.postsynaptic", width);
  }
}

void require_batches(const TrainingPlan& plan) {
  if (plan.batch > plan.training_inputs() || plan.training_inputs() == 0) {
    throw model::InputError(
        "training.batch_size", plan.batch,
        fmt::format("there are {} training inputs; give at most as many, or \"full\"",
                    plan.training_inputs()));
  }
  plan.options.regularizer.check_batches(plan.batch, plan.training_inputs());
  if (plan.record.back() > plan.steps) {
    throw model::InputError("training.record", plan.record.back(),
                            fmt::format("training ends after step {}", plan.steps));
  }
}

}  // namespace

NetworkTrainer::NetworkTrainer(TrainableLaw law, std::int64_t width,
                               std::shared_ptr<const model::TrainingData> data,
                               const model::TrainingOptions& options, at::ScalarType dtype,
                               std::int64_t persistence_inputs) {
  plan_.law = std::move(law);
  plan_.width = width;
  plan_.data = std::move(data);
  plan_.options = options;
  plan_.dtype = dtype;
  plan_.inputs = sim::to_tensor(plan_.data->inputs, dtype);
  plan_.batch = options.batch_size.value_or(plan_.training_inputs());
  plan_.steps = options.steps_for(plan_.training_inputs());
  plan_.record = options.record.empty() ? std::vector{plan_.steps} : options.record;
  plan_.persistence_inputs = persistence_inputs;
  require_trainable(plan_);
  require_batches(plan_);
}

model::TrainedNetwork NetworkTrainer::train(std::uint64_t seed, std::int64_t replicate, int threads,
                                            Hooks hooks) const {
  model::TrainedNetwork states;
  WorkerTeam team(threads);
  if (hooks.saved) hooks.saved->clear();
  team.run([&] {
    TrainingRun run(plan_, {seed, plan_.width, replicate}, hooks.resume_from, team);
    hooks.resume_from = {};
    while (!run.is_over()) {
      run.advance();
      if (run.is_over() || !hooks.go_on) continue;
      const auto& batch = run.batch();
      if (hooks.go_on({run.step(), plan_.record.back(), batch.loss, batch.accuracy})) continue;
      if (hooks.saved) *hooks.saved = run.save(saved());
      break;
    }
    states = run.states();
  });
  return states;
}

double NetworkTrainer::hidden_parameters() const {
  double parameters = 0;
  auto fan_in = static_cast<double>(plan_.inputs.size(1));
  for (const auto width : plan_.widths()) {
    const auto n = static_cast<double>(width);
    parameters += fan_in * n;
    fan_in = n;
  }
  return parameters;
}

double NetworkTrainer::readout_parameters() const {
  return static_cast<double>(plan_.widths().back()) * static_cast<double>(plan_.data->outputs());
}

double NetworkTrainer::correlated_neurons() const {
  const auto& regularizer = plan_.options.regularizer;
  if (!regularizer.is_of_correlations()) return 0;
  auto neurons = static_cast<double>(plan_.data->outputs());
  for (const auto width : plan_.widths()) {
    neurons += static_cast<double>(regularizer.neurons_of(width));
  }
  return neurons;
}

double NetworkTrainer::persistent_neurons() const {
  if (plan_.persistence_inputs == 0) return 0;
  const auto widths = plan_.widths();
  return static_cast<double>(
      std::accumulate(widths.begin(), widths.end(), std::int64_t{plan_.data->outputs()}));
}

double NetworkTrainer::memory(int /*threads*/) const {
  const double number = plan_.dtype == at::kFloat ? 4 : 8;
  const auto widths = plan_.widths();
  const auto n = static_cast<double>(*std::max_element(widths.begin(), widths.end()));
  const auto points = static_cast<double>(plan_.data->points());
  const bool readout = plan_.trains_readout_alone();
  const double trained = readout_parameters() + (readout ? 0 : hidden_parameters());
  const bool is_field = plan_.options.trained == model::Trained::field;
  const double parameters = readout_parameters() + hidden_parameters() + (is_field ? n * n : 0) +
                            trained * ParameterStep::numbers_per_parameter(plan_.options);
  // h, z, F_Bᵀz and gradients of each layer, masks and regularisers', and the batch's inputs.
  const double buffers = 4.0 + (plan_.options.dropout > 0 ? 2 : 0) +
                         (plan_.options.regularizer.is_of_correlations() ? 1 : 0);
  const double layers = buffers * static_cast<double>(plan_.law.hidden.network.depth()) * n +
                        static_cast<double>(plan_.inputs.size(1));
  return number * (parameters + static_cast<double>(plan_.most_inputs()) * layers +
                   (readout ? points * n : 0)) +
         HiddenStatistics::memory(plan_.training_inputs(), widths.back(), number) +
         2 * HiddenActivity::memory(*plan_.data, widths) +
         ActivationPenalty::memory(correlated_neurons(), static_cast<double>(plan_.batch), number) +
         ActivationPenalty::memory(persistent_neurons(),
                                   static_cast<double>(plan_.persistence_inputs), number) +
         24 * points * static_cast<double>(plan_.data->outputs());
}

double NetworkTrainer::saved() const {
  const double number = plan_.dtype == at::kFloat ? 4 : 8;
  const double trained =
      readout_parameters() + (plan_.trains_readout_alone() ? 0 : hidden_parameters());
  const double beside = ParameterStep::numbers_per_parameter(plan_.options);
  const double states = static_cast<double>(plan_.record.size() + 1);
  return number * trained * std::max(1.0, beside) +  // the gradient is not saved
         8 * states * static_cast<double>(plan_.data->targets.size());
}

double NetworkTrainer::held() const {
  return static_cast<double>(plan_.inputs.nbytes());
}

double NetworkTrainer::work() const {
  const auto looks = static_cast<double>(plan_.record.size());
  const auto points = static_cast<double>(plan_.data->points());
  const double seen = static_cast<double>(plan_.record.back()) * static_cast<double>(plan_.batch);
  const double persistence =
      static_cast<double>(plan_.persistence_inputs) * std::pow(persistent_neurons(), 2);
  if (plan_.trains_readout_alone()) {
    return points * hidden_parameters() + (2 * seen + looks * points) * readout_parameters() +
           persistence;
  }
  const double neurons = correlated_neurons();
  return (3 * seen + looks * points) * (hidden_parameters() + readout_parameters()) +
         seen * neurons * neurons + persistence;
}

}  // namespace wideproof::train
