// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/training/training_study.hpp>

namespace wideproof::report {

// Tables of an assessment as CSV text: a header line, then numbers that read back to the same bits,
// fields empty where there is none. Outputs and points count from 1, points that do not train after
// those that do; `set` is training or test.

/// width,step,output,point,set,mean,standard_error,deviation,predicted,predicted_deviation,flow,
/// flow_deviation,kernel_regression,tangent_regression: what networks put out, and what infinite
/// width predicts of it; both regressions are to the end of training.
std::string trained_table(const compare::TrainingAssessment& assessment);

/// width,step,replicates and, each with its standard error, loss, test_loss, accuracy,
/// test_accuracy, tangent_drift, effective_dimension, active_fraction, degree_of_correlation,
/// regularizer, validation_loss, validation_accuracy; last the losses that the limit lets expect.
std::string training_table(const compare::TrainingAssessment& assessment,
                           const TheoryLosses& losses);

/// step,quantity,output,point,order,limit,standard_error,low,high,predicted,p_value: limits n → ∞
/// with 95% intervals; `quantity` is mean, spread, leading_spread or leading_covariance (see
/// compare::TrainedQuantity), of which the last three have neither output nor point. The header
/// alone where nothing was extrapolated.
std::string trained_limits_table(const compare::TrainingAssessment& assessment);

/// In plain text, at most 80 columns wide: of each step how far means and deviations lie from the
/// prediction, of each width the losses and accuracies at the last step, the claims, the verdict
/// and its reasons. With `in_colour` the verdict's word is green, red or yellow by an escape
/// sequence.
std::string terminal_table(const compare::TrainingAssessment& assessment, bool in_colour = false);

}  // namespace wideproof::report
