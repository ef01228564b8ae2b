// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/results_file.hpp>
#include <wideproof/app/run_folder.hpp>
#include <wideproof/app/summary.hpp>
#include <wideproof/compare/assessment.hpp>

namespace wideproof::app {

/// Judges results by the experiment's own options.
compare::Assessment judge(const model::Experiment& experiment, const Results& results);

/// Writes the CSV tables, the figures, report.html and, last, summary.json. What keeps figures from
/// being drawn is said on stderr and stops nothing.
void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const InputSummary& inputs, const Provenance& provenance, const Results& results,
                  const compare::Assessment& assessment);

/// The verdict's exit status.
int exit_status(const compare::Verdict& verdict);

}  // namespace wideproof::app
