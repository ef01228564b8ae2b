// SPDX-License-Identifier: MIT
#include <wideproof/report/training/training_study.hpp>

#include <wideproof/compare/training/expected_loss.hpp>

namespace wideproof::report {

TheoryLosses theory_losses(const compare::TrainingAssessment& assessment,
                           const model::TrainingData& data) {
  if (!assessment.has_limit()) return {};
  const model::TrainingPrediction& limit = *assessment.prediction;
  TheoryLosses losses;
  losses.training = compare::expected_losses(limit.descent, data.targets, data.training);
  losses.training_flow = compare::expected_losses(limit.flow, data.targets, data.training);
  if (data.test.empty()) return losses;
  losses.test = compare::expected_losses(limit.descent, data.targets, data.test);
  losses.test_flow = compare::expected_losses(limit.flow, data.targets, data.test);
  return losses;
}

}  // namespace wideproof::report
