// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/figure/sweep_trace.hpp>
#include <wideproof/report/json/json_values.hpp>
#include <wideproof/report/json/provenance.hpp>
#include <wideproof/report/page/run_table.hpp>

namespace wideproof::app {

/// A run's page, before its figures are drawn.
struct StudyPage {
  std::vector<report::Figure> figures;
  /// The HTML text. `svg`: the pictures of the figures by name, less those that could not be drawn.
  std::function<std::string(const std::map<std::string, std::string>& svg)> html;
};

/// What a sweep keeps of a judged study: one of its points.
struct StudyOutcome {
  compare::Verdict verdict;
  /// false: it was measured, but nothing was set beside it, so that its verdict says nothing.
  bool is_judged = true;
  /// What a sweep tabulates and draws of it, and tests claims on.
  std::vector<compare::SweepNumber> numbers;
  /// Lines that a sweep's figures lay over each other.
  std::vector<report::SweepTrace> traces;
};

/// What a finished study of any kind says. From it come the files of the run's folder, the page,
/// the terminal's text and a point of a sweep. What is large is made when it is asked for.
struct JudgedStudy {
  StudyOutcome outcome;
  std::vector<compare::Claim> claims;
  std::string headline;            ///< for stdout: what was put to the proof
  std::string table;               ///< for stdout, below it: what came out, and the verdict
  std::vector<std::string> notes;  ///< for stderr, unless --quiet: lines
  std::string left_out;            ///< for stderr: which files are not written, and why
  /// The CSV files of the run's folder, in the order in which the page lists them.
  std::vector<report::RunTable> tables;
  /// Makes what summary.json says beside the parts that all kinds have.
  std::function<report::Json()> summary;
  /// Makes the page; empty for a kind that leaves it to report::study_page().
  std::function<StudyPage(const report::Provenance&)> page;
};

}  // namespace wideproof::app
