// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// The diagonal of the last layer's Gram matrix, and the correlation of its inputs: what a sweep
/// shows of a study of Gram matrices.
SharedQuantity norm_quantity();
SharedQuantity correlation_quantity();

/// The mean of each over its entries, beside the prediction of it, in the limit n → ∞ or, with one
/// width, at that width; no correlation where there is but one input. The bounds are those of the
/// mean of the entries' standard errors, which holds however they depend on each other.
std::vector<SweepNumber> norm_and_correlation(const Assessment& assessment);

}  // namespace wideproof::compare
