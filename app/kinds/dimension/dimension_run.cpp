// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_run.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/sim/ensembles/ensemble_spectrum.hpp>

namespace wideproof::app {
namespace {

sim::EnsembleSampler::Options sampler_options(const model::Experiment& experiment,
                                              std::int64_t width) {
  const auto& spec = model::dimension_of(experiment);
  const auto& simulation = experiment.simulation();
  return {.law = law_of_ensemble(experiment),
          .synapses = spec.synapses,
          .ensemble = spec.ensemble,
          .width = width,
          .dtype = simulation.dtype,
          .engine = simulation.engine};
}

std::map<std::int64_t, std::unique_ptr<const sim::EnsembleSampler>> samplers_of(
    const model::Experiment& experiment, const Eigen::MatrixXd& data) {
  std::map<std::int64_t, std::unique_ptr<const sim::EnsembleSampler>> samplers;
  for (const auto width : experiment.simulation().widths)
    samplers.emplace(width, std::make_unique<const sim::EnsembleSampler>(
                                sampler_options(experiment, width), data));
  return samplers;
}

/// Of the weights that the direct engine draws for network 0, where inputs are not the study's own.
std::unique_ptr<const sim::EnsembleSampler> sampler_of_other_inputs(
    const model::Experiment& experiment, const std::optional<SpectrumPlan>& plan) {
  if (!plan || plan->samples == model::dimension_of(experiment).ensemble.samples) return nullptr;
  auto options = sampler_options(experiment, plan->width);
  options.ensemble.samples = plan->samples;
  options.engine = model::Engine::direct;
  return std::make_unique<const sim::EnsembleSampler>(options);
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
  auto options = sampler_options(experiment, experiment.simulation().widths.front());
  options.synapses = synapses;
  const sim::EnsembleSampler sampler(std::move(options), data);
  if (sampler.work() <= most_work) sampler.sample(experiment.study().seed, 0, 1);
}

}  // namespace

DimensionRun::DimensionRun(const model::Experiment& experiment,
                           std::shared_ptr<const EnsembleData> data)
    : experiment_(experiment),
      data_(std::move(data)),
      networks_(network_tasks(experiment)),
      samplers_(samplers_of(experiment, data_->vectors())),
      spectrum_plan_(spectrum_plan(experiment)),
      own_spectrum_sampler_(sampler_of_other_inputs(experiment, spectrum_plan_)),
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

double DimensionRun::memory() const {
  if (!spectrum_plan_) return memory_for_blocks();
  const auto& sampler = spectrum_sampler();
  const std::int64_t bytes_a_number =
      experiment_.simulation().dtype == model::DType::float32 ? 4 : 8;
  return std::max(
      memory_for_blocks(),
      sampler.memory(tasks_.threads()) + size_of_results() +
          sim::spectrum_memory(spectrum_plan_->width, spectrum_plan_->samples, bytes_a_number));
}

double DimensionRun::size_of_results() const {
  const auto& table = tasks_.table();
  const auto spectra =
      spectrum_plan_
          ? spectrum_plan_->layers.size() *
                static_cast<std::size_t>(std::min(spectrum_plan_->width, spectrum_plan_->samples))
          : 0;
  return static_cast<double>(
      sizeof(double) *
      (table.size() * (table.name_columns.size() + table.result_columns.size()) + spectra));
}

const sim::EnsembleSampler& DimensionRun::spectrum_sampler() const {
  return own_spectrum_sampler_ ? *own_spectrum_sampler_ : *samplers_.at(spectrum_plan_->width);
}

std::vector<model::LayerSpectrum> DimensionRun::spectra() const {
  if (!spectrum_plan_) return {};
  return sim::network_spectra(spectrum_sampler(), experiment_.study().seed, 0,
                              spectrum_plan_->layers, tasks_.threads());
}

std::optional<model::DimensionMeasurement> DimensionRun::measure(const GoOn& go_on) {
  if (!tasks_.run(go_on)) return std::nullopt;
  return measurement_of(experiment_, tasks_.state());
}

StudyRun::Finished DimensionRun::finish(const RunRecord& record, const OnStage& on_stage) {
  if (on_stage && spectrum_plan_) on_stage("spectra of covariances");
  auto spectra = this->spectra();
  if (on_stage) on_stage("");
  auto results = to_task_results(tasks_.table(), tasks_.state(), record,
                                 [&](Hdf5Writer& file) { write_spectra(file, spectra); });
  return {std::move(results),
          judge_dimension(experiment_, record.inputs, prediction_,
                          measurement_of(experiment_, tasks_.state()), std::move(spectra))};
}

}  // namespace wideproof::app
