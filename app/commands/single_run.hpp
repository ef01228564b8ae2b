// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/run_session.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// Runs one study from its preparation to its verdict, in its folder, and returns the exit status.
/// `notes`: on the experiment, to be said before it runs, unless it runs quietly. `start`: when the
/// program began.
int run_single(const model::Experiment& experiment, const std::vector<std::string>& notes,
               const RunOptions& options, Ranks& ranks, RunSession::Clock::time_point start);

}  // namespace wideproof::app
