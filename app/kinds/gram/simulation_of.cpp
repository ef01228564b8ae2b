// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/simulation_of.hpp>

namespace wideproof::app {

sim::MonteCarlo simulation_of(const PreparedStudy& study, std::uint64_t seed, int threads) {
  const auto& simulation = study.experiment.simulation();
  sim::MonteCarlo::Options options;
  options.law.network = study.experiment.network();
  options.law.weight_variance = study.theory.weight_variance;
  // Inputs have unit norm, so h has one variance for all of them.
  for (const auto& layer : study.theory.layers) {
    options.law.preactivation_variance.push_back(layer.preactivation(0, 0));
  }
  options.widths = simulation.widths;
  options.stopping = {.replicates = simulation.replicates,
                      .precision = simulation.precision.value_or(0.0)};
  options.engine = simulation.engine;
  options.seed = seed;
  options.dtype = simulation.dtype;
  options.variance_reduction = simulation.variance_reduction;
  options.gram_scale = study.theory.gram_scale;
  options.threads = threads;
  return {options, study.inputs.vectors()};
}

double memory_to_report(const PreparedStudy& study) {
  const auto inputs = static_cast<double>(study.inputs.count());
  const auto layers = static_cast<double>(study.experiment.network().depth());
  const auto widths = static_cast<double>(study.experiment.simulation().widths.size());
  return 2000 * inputs * (inputs + 1) / 2 * layers * widths;
}

double size_of_results(const PreparedStudy& study, std::size_t widths) {
  const auto inputs = static_cast<double>(study.inputs.count());
  const auto layers = static_cast<double>(study.experiment.network().depth());
  const auto& simulation = study.experiment.simulation();
  // Theory, prediction and limits of a layer; moments of a layer at a width.
  const double matrices =
      layers * (16 + static_cast<double>(widths) * (simulation.variance_reduction ? 12 : 8));
  return matrices * inputs * inputs * sizeof(double);
}

}  // namespace wideproof::app
