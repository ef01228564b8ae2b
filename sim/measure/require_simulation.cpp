// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/require_simulation.hpp>

#include <cmath>
#include <string_view>

#include <wideproof/model/input_error.hpp>

namespace wideproof::sim {
namespace {

void require_positive(std::string_view key, double value) {
  if (!(value > 0 && std::isfinite(value)))
    throw model::InputError(key, value, "must be positive and finite");
}

}  // namespace

void require_simulation(const MonteCarlo::Options& options) {
  model::Experiment::Simulation simulation;
  simulation.widths = options.widths;
  simulation.replicates = options.stopping.replicates;
  if (options.stopping.precision != 0) simulation.precision = options.stopping.precision;
  simulation.variance_reduction = options.variance_reduction;
  simulation.dtype = options.dtype;
  simulation.engine = options.engine;
  model::require_simulation(options.law.network, simulation, {});
  require_positive("law.weight_variance", options.law.weight_variance);
  require_positive("gram_scale", options.gram_scale);
  if (options.threads < 1)
    throw model::InputError("threads", options.threads, "must be at least 1");
}

}  // namespace wideproof::sim
