// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/sim/monte_carlo.hpp>

namespace wideproof::app {

/// The bytes of checkpoint.h5: the simulation's state to the last bit, with the resolved experiment
/// that it belongs to, the program's version and a checksum of all of it.
std::string to_checkpoint(const sim::MonteCarlo::State& state, const std::string& experiment);

/// Reads a checkpoint back. Throws model::InputError naming the file when it is damaged, of another
/// version, of another experiment, or does not fit `simulation`.
sim::MonteCarlo::State read_checkpoint(const std::string& file, const std::string& experiment,
                                       const sim::MonteCarlo& simulation);

}  // namespace wideproof::app
