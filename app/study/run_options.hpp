// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <wideproof/app/folders/run_folder.hpp>

namespace wideproof::app {

/// How a run is to go, whatever is studied.
struct RunOptions {
  std::optional<std::string> out;  ///< run's folder; none: runs/<study.name>
  int threads = 1;
  RunFolder::IfTaken if_taken = RunFolder::IfTaken::refuse;
  std::optional<double> time_limit;  ///< validate: seconds after which a run stops in good order
  std::int64_t runs = 20;            ///< power: how often the experiment is run
  double within = 0.01;              ///< predict: how close a width is to keep every correlation
  double confidence = 0.95;          ///< predict: and with which probability
  bool quiet = false;
  std::string resume_command;  ///< validate: what a shell is told to go on; may be empty
};

}  // namespace wideproof::app
