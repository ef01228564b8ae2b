// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include <wideproof/app/kinds/gram/results_file.hpp>
#include <wideproof/app/kinds/gram/summary.hpp>
#include <wideproof/app/study/report_parts.hpp>
#include <wideproof/app/study/run_folder.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/gram/traces.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::app {

/// Judges results by the experiment's own options. `on_stage` may be empty.
compare::Assessment judge(const model::Experiment& experiment, const Results& results,
                          const OnStage& on_stage = {});

/// Writes the CSV tables, the figures and report.html, and last summary.json. What keeps figures
/// from being drawn is said on stderr and stops nothing.
void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const RunRecord& record, const Results& results,
                  const compare::Assessment& assessment, ReportParts parts = ReportParts::all);

/// Draws into the run's folder `figures`; complaints go to stderr. Returns the pictures by name.
std::map<std::string, std::string> draw(const RunFolder& folder,
                                        const std::vector<report::Figure>& figures);

/// What a study lends to the figures of its sweep.
std::vector<report::SweepTrace> traces(const model::Experiment& experiment,
                                       const InputSummary& inputs, const Results& results,
                                       const compare::Assessment& assessment);

/// Version, commit, compiler, cost: for a page.
std::vector<report::HtmlDefinition> in_words(const Provenance& made_by);

/// The verdict's exit status.
int exit_status(const compare::Verdict& verdict);

}  // namespace wideproof::app
