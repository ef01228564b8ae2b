// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/kinds/gram/summary.hpp>
#include <wideproof/app/study/report_parts.hpp>
#include <wideproof/app/study/run_folder.hpp>
#include <wideproof/app/study/run_record.hpp>
#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/generalization.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::app {

/// Judges a study of generalization by the experiment's own options.
compare::GeneralizationAssessment judge(const model::Experiment& experiment,
                                        const model::GeneralizationMeasurement& measurement);

/// What was put to the proof, in two lines. `limit`: the network's constants.
std::string generalization_headline(const model::Experiment& experiment,
                                    const model::Prediction& limit, const std::string& source);

/// Writes learning_curve.csv, draws.csv, claims.csv, figures and report.html, and last
/// summary.json.
void write_report(const RunFolder& folder, const model::Experiment& experiment,
                  const model::Prediction& limit, const RunRecord& record,
                  const model::GeneralizationMeasurement& measurement,
                  const compare::GeneralizationAssessment& assessment,
                  ReportParts parts = ReportParts::all);

}  // namespace wideproof::app
