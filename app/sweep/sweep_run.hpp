// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/run_session.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>

namespace wideproof::app {

/// Runs all points of a sweep as one study, several at a time: one progress, one resume, one
/// verdict, one report. The folder holds the resolved sweep as experiment.toml and a run's folder
/// for each point, points/01 and so on; each point is judged with the family error divided by the
/// number of points. Several ranks share out the blocks of one point after the other. Returns the
/// exit status, as validate() does.
int run_sweep(const SweepSpec& sweep, const RunOptions& options, Ranks& ranks,
              RunSession::Clock::time_point start);

/// Writes the tables, report and summary of a finished sweep again, from the results of its points.
int report_sweep(const SweepSpec& sweep, const RunFolder& folder, bool quiet);

}  // namespace wideproof::app
