// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_run.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>

namespace wideproof::app {
namespace {

std::map<std::int64_t, std::unique_ptr<const sim::EnsembleSampler>> samplers_of(
    const model::Experiment& experiment, const Eigen::MatrixXd& data) {
  const auto& spec = model::dimension_of(experiment);
  const auto& simulation = experiment.simulation();
  std::map<std::int64_t, std::unique_ptr<const sim::EnsembleSampler>> samplers;
  for (const auto width : simulation.widths) {
    const sim::EnsembleSampler::Options options{.law = law_of_ensemble(experiment),
                                                .synapses = spec.synapses,
                                                .ensemble = spec.ensemble,
                                                .width = width,
                                                .dtype = simulation.dtype,
                                                .engine = simulation.engine};
    samplers.emplace(width, std::make_unique<const sim::EnsembleSampler>(options, data));
  }
  return samplers;
}

/// Oja's rule with a rate that diverges is refused before anything is written where a network of
/// the narrowest width shows it in a moment; else while the run computes.
void try_to_learn(const model::Experiment& experiment, const Eigen::MatrixXd& data) {
  constexpr std::int64_t most_steps = 20;
  constexpr double most_work = 1e9;  // multiplications
  const auto& spec = model::dimension_of(experiment);
  if (spec.synapses.learning != model::SynapseLearning::oja) return;
  auto synapses = spec.synapses;
  synapses.steps = std::min(synapses.steps, most_steps);
  const auto& simulation = experiment.simulation();
  const sim::EnsembleSampler sampler({.law = law_of_ensemble(experiment),
                                      .synapses = synapses,
                                      .ensemble = spec.ensemble,
                                      .width = simulation.widths.front(),
                                      .dtype = simulation.dtype,
                                      .engine = simulation.engine},
                                     data);
  if (sampler.work() <= most_work) sampler.sample(experiment.study().seed, 0, 1);
}

}  // namespace

DimensionRun::DimensionRun(const model::Experiment& experiment,
                           std::shared_ptr<const EnsembleData> data)
    : experiment_(experiment),
      data_(std::move(data)),
      networks_(network_tasks(experiment)),
      samplers_(samplers_of(experiment, data_->vectors())),
      prediction_(predict_dimension(experiment, *data_)),
      tasks_(network_table(experiment, prediction_), work_on_tasks()) {
  try_to_learn(experiment, data_->vectors());
}

TaskRun::Work DimensionRun::work_on_tasks() {
  return {.run = [this](std::size_t i) { return sample(networks_[i]); },
          .cost = [this](std::size_t i) { return samplers_.at(networks_[i].width)->work(); },
          .text =
              [this](std::size_t i) {
                return fmt::format("width {}, network {}", networks_[i].width,
                                   networks_[i].replicate + 1);
              },
          .tasks = "networks"};
}

TaskResult DimensionRun::sample(const NetworkTask& task) const {
  constexpr int threads = 1;
  const bool is_data = data_->inputs.has_value();
  const double scale = is_data ? 1.0 : static_cast<double>(task.width);
  TaskResult numbers, strengths;
  for (const auto& layer :
       samplers_.at(task.width)->sample(experiment_.study().seed, task.replicate, threads)) {
    numbers.push_back(scale * layer.square_trace / layer.trace_squared);
    if (!is_data) strengths.push_back(layer.correlation_strength);
  }
  numbers.insert(numbers.end(), strengths.begin(), strengths.end());
  return numbers;
}

Prepared DimensionRun::checksums() const {
  Checksum inputs;
  inputs.add(data_->vectors());
  return {{"what the input files hold", inputs.value()}};
}

double DimensionRun::memory_for_blocks() const {
  double largest = 0;
  for (const auto& [width, sampler] : samplers_) largest = std::max(largest, sampler->memory(1));
  return largest * tasks_.workers() + size_of_results() +
         static_cast<double>(sizeof(double)) * static_cast<double>(data_->vectors().size());
}

double DimensionRun::size_of_results() const {
  const auto& table = tasks_.table();
  return static_cast<double>(table.size() * sizeof(double) *
                             (table.name_columns.size() + table.result_columns.size()));
}

std::optional<model::DimensionMeasurement> DimensionRun::measure(const GoOn& go_on) {
  if (!tasks_.run(go_on)) return std::nullopt;
  return measurement_of(experiment_, tasks_.state());
}

StudyRun::Finished DimensionRun::finish(const RunRecord& record, const OnStage&) {
  return {to_task_results(tasks_.table(), tasks_.state(), record),
          judge_dimension(experiment_, record.inputs, prediction_,
                          measurement_of(experiment_, tasks_.state()))};
}

}  // namespace wideproof::app
