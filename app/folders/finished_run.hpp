// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/folders/run_record.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// A run that has ended, as its folder has it: what it was, its paths taken from that folder, and
/// how it was made.
struct FinishedRun {
  model::Experiment experiment;
  RunRecord record;
};

/// Takes from summary.json how long the run took and on how many threads, which no other file
/// says. Where it is not there that stays unknown; where it cannot be read too, and stderr says
/// why.
void take_cost(const RunFolder& folder, report::Provenance& made_by);

/// Reads results.h5 and, for what it does not say (how long the run took), summary.json, where it
/// is there. Throws model::InputError where experiment.toml is there and another; see
/// require_same_experiment(). Of a results.h5 older than such records experiment.toml is believed,
/// and stderr says so.
FinishedRun read_finished_run(const RunFolder& folder);

}  // namespace wideproof::app
