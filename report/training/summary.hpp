// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// What summary.json says of a study of training beside the parts that all kinds have. A number
/// that does not exist is null. Outputs are lists over inputs, those that train first and then the
/// test inputs, of lists over outputs:
///
///   trained             [{width, step, replicates, output_mean, output_standard_error,
///                       output_deviation, loss, loss_standard_error, test_loss,
///                       test_loss_standard_error, accuracy, test_accuracy, validation_loss,
///                       validation_accuracy, regularizer, regularizer_standard_error,
///                       tangent_drift, effective_dimension, active_fraction,
///                       degree_of_correlation}]
///   predicted           [{step, output_mean, output_deviation, flow: {output_mean,
///                       output_deviation}}], null where no limit is derived
///   kernel_regression, tangent_regression    outputs at the end of training
///   readout_variance, critical_step_size
///   extrapolation       [{step, order, output_limit, output_limit_standard_error}]
///   convergence         [{place: "step 100", bias_exponent: {value, low, high}}], where there
///                       is one
///   spread_exponent     {step, value, low, high} of centred networks, or null
///   tangent_drift       {exponent, low, high} or null
///   claims              as of every kind
///
/// Outputs of many inputs are null (MatricesInJson); trained.csv has them all.
Json training_summary(const compare::TrainingAssessment& assessment);

/// From `predicted` to `critical_step_size`, of a prediction alone.
Json training_prediction_json(const model::TrainingPrediction& prediction,
                              const std::vector<std::int64_t>& steps);

}  // namespace wideproof::report
