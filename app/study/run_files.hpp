// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/folders/run_record.hpp>
#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::app {

/// What is written of a finished study.
enum class ReportParts {
  all,
  tables,  ///< no figures and no page: `wideproof report` makes them when they are asked for
};

/// The record of a run that has ended, its paths taken from the run's folder.
RunRecord record_of(const StudyRun& run, const RunFolder& folder,
                    const report::Provenance& made_by);

/// After advance() has come to the end: judges, and writes everything that the folder of a finished
/// run holds. What `on_stage` throws ends it between two files.
JudgedStudy finish(StudyRun& run, const RunFolder& folder, const report::Provenance& made_by,
                   ReportParts parts, const OnStage& on_stage);

/// Whether the folder holds all that this run computed, written or not what is told of it. Throws
/// model::InputError where results are there that another experiment or other files made.
bool holds_results(const StudyRun& run, const RunFolder& folder);

/// The same of a run that has also been told of.
bool is_finished(const StudyRun& run, const RunFolder& folder);

/// Writes the tables, the figures and report.html, and last summary.json, which tells that the run
/// has finished. What keeps figures from being drawn is said on stderr and stops nothing.
void write_report(const RunFolder& folder, const FinishedRun& run, const JudgedStudy& judged,
                  ReportParts parts = ReportParts::all, const OnStage& on_stage = {});

/// What a summary says of a network, with the constants of the Gram's recursion. Other recursions
/// go where that one leaves its range; then only what the network itself says is known.
report::Json network_constants(const model::Network& network);

/// summary.json of a run; `verdict` may be null (nothing was judged).
std::string summary_text(const FinishedRun& run, const report::Json& parts,
                         const compare::Verdict* verdict);

/// Says on stderr how large results will be, where that is more than a GB.
void announce_results(double bytes);

/// Draws into the run's folder `figures`; complaints go to stderr. Returns the pictures by name.
std::map<std::string, std::string> draw(const RunFolder& folder,
                                        const std::vector<report::Figure>& figures);

/// Version, commit, compiler, cost: for a page.
std::vector<report::HtmlDefinition> in_words(const report::Provenance& made_by);

}  // namespace wideproof::app
