// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// One network of a study whose tasks are its networks.
struct NetworkTask {
  std::int64_t width = 0;
  std::int64_t replicate = 0;  ///< from 0
};

/// All of a study's, by width, replicate. Throws model::InputError naming simulation.replicates for
/// more than ten million.
std::vector<NetworkTask> network_tasks(const model::Experiment& experiment);

}  // namespace wideproof::app
