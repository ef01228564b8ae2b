// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::theory {

/// The participation ratio of the covariance over P inputs of infinitely many units,
///
///   (tr C)²/tr C² = (tr HKH)²/tr (HKH)²,   H = I − 11ᵀ/P,
///
/// K being the units' kernel, P × P and symmetric: (1/P) HKH and C have the same eigenvalues but
/// for zeros. It is N D̃ of a layer of N → ∞ units on P inputs, lies in [1, P − 1], and does not
/// depend on K's scale. NaN where HKH = 0.
double kernel_participation(const Eigen::MatrixXd& kernel);

}  // namespace wideproof::theory
