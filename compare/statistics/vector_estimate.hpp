// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/hotelling.hpp>

namespace wideproof::compare {

/// An estimate of p numbers together, with the covariance of their errors.
struct VectorEstimate {
  Eigen::VectorXd value;
  Eigen::MatrixXd covariance;  ///< p × p, of `value`
  double degrees_of_freedom = 0.0;
};

/// The mean of independent rows (samples × p, at least 2): covariance S/samples, S that of one row,
/// samples − 1 degrees of freedom.
VectorEstimate mean_of_rows(const Eigen::MatrixXd& rows);

/// log of the mean of B independent positive rows by the jackknife: with the pseudo-values
///
///   θ_i = B log v − (B − 1) log v_(i),   v the mean, v_(i) that without row i
///
/// it is their mean, free of the bias of order 1/B, with their covariance. Each row being a
/// variance of four normal networks (the law of χ²_3), the estimated variance of log v is known as
/// well as one of 3/5·(B − 1) degrees of freedom: for gamma variables of shape k the relative
/// variance of s²/v² is (2 + 2/k)/B to leading order, where it is 2/ν for the normal law; here
/// k = 3/2.
VectorEstimate log_mean_of_rows(const Eigen::MatrixXd& rows);

/// The same p numbers at every width, widths ascending and independent of each other.
struct WidthVectors {
  std::vector<std::int64_t> widths;
  Eigen::VectorXd weights;  ///< of the fits over widths, fixed beforehand
  std::vector<VectorEstimate> at;
  double power = 1.0;  ///< their limits are approached by a series in 1/width^power
};

/// Σ_w a_w y_w for each row a of `coefficients` (q × widths), one below the other: q·p numbers. The
/// parts of their covariance are (a_w a'_w) ⊗ Cov(y_w).
struct Combination {
  Eigen::VectorXd value;
  std::vector<CovariancePart> parts;  ///< one a width

  Eigen::MatrixXd covariance() const;
};

Combination combine(const Eigen::MatrixXd& coefficients, const std::vector<VectorEstimate>& at);

}  // namespace wideproof::compare
