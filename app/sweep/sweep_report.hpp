// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::app {

/// A finished sweep, judged.
struct SweepReport {
  compare::SweepResult result;
  std::vector<std::vector<report::SweepTrace>> traces;  ///< by point
  std::vector<compare::Claim> claims;                   ///< about the sweep as a whole
  compare::Verdict verdict;
};

/// compare::family_error_of_a_point() of the sweep.
double family_error_of_a_point(const SweepSpec& sweep);

/// The point as it is run: its share of the family error is its own.
model::Experiment with_its_share(const SweepSpec& sweep, const SweepExperiment& point);

/// `outcomes`: of the points, in their order.
SweepReport judge_sweep(const SweepSpec& sweep, std::vector<StudyOutcome> outcomes);

/// What a finished point's folder says, read without its inputs. Throws model::InputError where its
/// results were not made with `experiment`, the point's own.
StudyOutcome recall_point(const RunFolder& folder, const model::Experiment& experiment);

std::string terminal_text(const SweepSpec& sweep, const SweepReport& report);

/// The same of a sweep that was predicted only: its table.
std::string prediction_text(const SweepSpec& sweep, const SweepReport& report);

/// Writes sweep.csv, claims.csv, figures and report.html, and last summary.json.
void write_sweep_report(const RunFolder& folder, const SweepSpec& sweep,
                        const report::Provenance& made_by, const SweepReport& report);

/// Of a sweep that was predicted only: sweep.csv, figures, and last summary.json, without a
/// verdict.
void write_sweep_prediction(const RunFolder& folder, const SweepSpec& sweep,
                            const report::Provenance& made_by, const SweepReport& report,
                            const RunOptions& options);

}  // namespace wideproof::app
