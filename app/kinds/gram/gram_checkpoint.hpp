// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/model/read_log.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::app {

/// The bytes of checkpoint.h5: the simulation's state to the last bit, with the resolved experiment
/// that it belongs to, the digests of the files that it read, the program's version and a checksum
/// of the state and the experiment.
std::string to_checkpoint(const sim::MonteCarlo::State& state, const std::string& experiment,
                          const std::vector<model::ReadFile>& files);

/// Reads a checkpoint back. Throws model::InputError naming the file when it is damaged, of another
/// version, of another experiment, or does not fit `simulation`; and as require_same_files() does.
sim::MonteCarlo::State read_checkpoint(const std::string& file, const std::string& experiment,
                                       const std::vector<model::ReadFile>& files,
                                       const sim::MonteCarlo& simulation);

}  // namespace wideproof::app
