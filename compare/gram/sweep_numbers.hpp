// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// The diagonal of the last layer's Gram matrix, the correlation of its inputs, and the least
/// correlation that is predicted of two of them: what a sweep shows of a study of Gram matrices.
SharedQuantity norm_quantity();
SharedQuantity correlation_quantity();
SharedQuantity least_correlation_quantity();

/// The mean of each over its entries, beside the prediction of it, in the limit n → ∞ or, with one
/// width, at that width; no correlations where there is but one input. The least correlation is
/// that of the pair, or pairs, of which the least is predicted: chosen before anything is measured,
/// it is not the least by chance. The bounds are those of the mean of the entries' standard errors,
/// which holds however they depend on each other.
std::vector<SweepNumber> last_layer_numbers(const Assessment& assessment);

/// The same of a prediction alone, by layer: numbers without a value.
std::vector<SweepNumber> predicted_numbers(const std::vector<PredictedLayer>& prediction);

/// Sets of the correlation what its mean over pairs is of the inputs themselves. `kernel` is the
/// one that the first layer sees, P × P, with a bias of that variance in it.
void tell_of_inputs(std::vector<SweepNumber>& numbers, const Eigen::MatrixXd& kernel,
                    double bias_variance);

/// The least width at which one network keeps every correlation within `margin` of its limit with
/// the probability `confidence`, as predicted.
SweepNumber needed_width_number(std::int64_t width, double margin, double confidence);

}  // namespace wideproof::compare
