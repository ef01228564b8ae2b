// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/study/run_options.hpp>

namespace wideproof::app {

/// `interrupted; checkpoint.h5 lies in runs/x; to go on: wideproof validate …`: what was kept, and
/// the command that goes on with it.
std::string interrupted_text(const std::string& kept, const RunOptions& options, int ranks);

}  // namespace wideproof::app
