// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/commands/command_line.hpp>
#include <wideproof/app/study/sitting.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>

namespace wideproof::app {

/// Runs all points of a sweep as one study, several at a time: one progress, one resume, one
/// verdict, one report. The folder holds the resolved sweep as experiment.toml and a run's folder
/// for each point, points/01 and so on; each point is judged with the family error divided by the
/// number of points. Returns the exit status, as validate() does.
int run_sweep(const SweepSpec& sweep, const Command& command, Sitting::Clock::time_point start);

/// Writes the tables, report and summary of a finished sweep again, from the results of its points.
int report_sweep(const SweepSpec& sweep, const RunFolder& folder, bool quiet);

}  // namespace wideproof::app
