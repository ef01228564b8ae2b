// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::sim {

/// Throws model::InputError for options that no simulation can be run with. What an experiment file
/// has too is refused as there, by model::require_simulation() and by the file's key
/// (simulation.widths, simulation.replicates or, where a precision decides, .most_replicates, …);
/// the others by their own names: law.weight_variance and gram_scale have to be positive and
/// finite, threads at least 1.
void require_simulation(const MonteCarlo::Options& options);

}  // namespace wideproof::sim
