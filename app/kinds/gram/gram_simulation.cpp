// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_simulation.hpp>

#include <fmt/format.h>

#include <wideproof/app/kinds/gram/first_layer.hpp>
#include <wideproof/app/study/sampled_law.hpp>

namespace wideproof::app {

sim::MonteCarlo::Options gram_options(const PreparedGram& study, std::uint64_t seed, int threads) {
  const auto& simulation = study.experiment.simulation();
  sim::MonteCarlo::Options options;
  options.law = sampled_law(study.experiment.network(), study.theory);
  options.widths = simulation.widths;
  options.stopping = {.replicates = simulation.replicates,
                      .precision = simulation.precision.value_or(0.0)};
  options.engine = simulation.engine;
  options.seed = seed;
  options.dtype = simulation.dtype;
  options.variance_reduction = simulation.variance_reduction;
  options.gram_scale = study.theory.gram_scale;
  options.labels = study.labels;
  options.series_of_correlations =
      study.experiment.compare().prediction_kind == model::PredictionKind::correlation &&
      !have_one_norm(study.experiment, study.inputs);
  options.threads = threads;
  return options;
}

sim::MonteCarlo gram_simulation(const PreparedGram& study, std::uint64_t seed, int threads) {
  return {gram_options(study, seed, threads), first_layer_vectors(study.experiment, study.inputs)};
}

RunProgress run_progress(const sim::Progress& progress) {
  return {
      .fraction = progress.fraction,
      .block_work = progress.block_work,
      .next_block_work = progress.next_block_work,
      .text = fmt::format("width {}: {} of {}{} networks", progress.width, progress.replicates_done,
                          progress.is_predicted ? "about " : "", progress.replicates),
      .stage = progress.width,
      .done = progress.replicates_done};
}

double memory_to_report(const PreparedGram& study) {
  const auto inputs = static_cast<double>(study.inputs.count());
  const auto layers = static_cast<double>(study.experiment.network().depth());
  const auto widths = static_cast<double>(study.experiment.simulation().widths.size());
  return 2000 * inputs * (inputs + 1) / 2 * layers * widths;
}

double size_of_results(const PreparedGram& study, std::size_t widths) {
  const auto inputs = static_cast<double>(study.inputs.count());
  const auto layers = static_cast<double>(study.experiment.network().depth());
  const auto& simulation = study.experiment.simulation();
  // Theory, prediction and limits of a layer; moments of a layer at a width.
  const double matrices =
      layers * (16 + static_cast<double>(widths) * (simulation.variance_reduction ? 12 : 8));
  return matrices * inputs * inputs * sizeof(double);
}

}  // namespace wideproof::app
