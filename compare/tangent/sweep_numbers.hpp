// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/model/tangent/tangent_prediction.hpp>

namespace wideproof::compare {

/// The diagonal of the output's tangent kernel, its mean over inputs, and the mean over pairs of
/// inputs of Θ_ab/√(Θ_aa Θ_bb): what a sweep shows of a study of tangent kernels.
SharedQuantity tangent_quantity();
SharedQuantity tangent_correlation_quantity();

/// Of the last matrix, beside the prediction, in the limit n → ∞ or, with one width, at that width;
/// none where its diagonal has no limit.
std::vector<SweepNumber> tangent_numbers(const Assessment& assessment);

/// The same of a prediction alone: numbers without a value. `without_limit` of the output's tangent
/// kernel: PredictedLayer.
std::vector<SweepNumber> predicted_tangent_numbers(const model::TangentPrediction& prediction,
                                                   const Eigen::MatrixXd& without_limit);

}  // namespace wideproof::compare
