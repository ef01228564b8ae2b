// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/kinds/training/training_results.hpp>
#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::app {

/// Sets what was measured beside what `reference` says is predicted.
compare::TrainingAssessment assess_training(const model::Experiment& experiment,
                                            const TrainingReference& reference,
                                            const model::TrainingMeasurement& measurement);

/// Sets trained networks beside their prediction.
JudgedStudy judge_training(const model::Experiment& experiment, const report::InputSummary& inputs,
                           const TrainingReference& reference,
                           const model::TrainingMeasurement& measurement);

}  // namespace wideproof::app
