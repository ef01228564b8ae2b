// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/folders/finished_run.hpp>

namespace wideproof::app {

/// A finished run that is set beside another.
struct ComparedRun {
  std::string folder;  ///< as errors and the terminal name it
  FinishedRun run;
  std::string results;  ///< its results.h5
};

}  // namespace wideproof::app
