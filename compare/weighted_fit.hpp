// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::compare {

/// Weighted least squares y ≈ Xβ with independent errors of known variances, W = diag(1/variance):
///
///   A = (XᵀWX)⁻¹XᵀW,   β = Ay,   Cov(β) = (XᵀWX)⁻¹,   χ² = Σ_i (y − Xβ)²_i / variance_i
struct WeightedFit {
  Eigen::VectorXd coefficients;  ///< β
  Eigen::MatrixXd covariance;
  Eigen::MatrixXd influence;  ///< A, coefficients × observations
  double chi_squared = 0.0;
  Eigen::Index degrees_of_freedom = 0;  ///< observations − coefficients
};

/// `design` is observations × coefficients and of full column rank; every variance is positive.
WeightedFit fit_weighted(const Eigen::MatrixXd& design, const Eigen::VectorXd& observations,
                         const Eigen::VectorXd& variances);

/// Columns 1, x, …, x^order.
Eigen::MatrixXd polynomial_design(const Eigen::VectorXd& x, int order);

}  // namespace wideproof::compare
