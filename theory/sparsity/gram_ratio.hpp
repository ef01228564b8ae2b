// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::theory {

/// A quotient X/Y of two linear functions of a Gram matrix, X = Σ_ab A_ab G_ab and Y likewise with
/// B, A and B symmetric, P × P. What pools sums over neurons is of this form. From n·Cov of the
/// entries, V_XX and so on, and n times their bias, at first order (the delta method)
///
///   n·Var → (V_XX − 2R V_XY + R² V_YY)/Y²,    R = X/Y
///   n·bias → (β_X − R β_Y)/Y + (R V_YY − V_XY)/Y².
struct GramRatio {
  Eigen::MatrixXd numerator;    ///< A
  Eigen::MatrixXd denominator;  ///< B

  double of(const Eigen::MatrixXd& gram) const {
    return numerator.cwiseProduct(gram).sum() / denominator.cwiseProduct(gram).sum();
  }

  /// With variance and bias. `covariance`: T × T in the order of packed_index, as
  /// predict_gram_covariance() gives it; `bias`: P × P, or 0 × 0 where not derived, which leaves
  /// the ratio's nullopt.
  model::WideNumber number(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& covariance,
                           const Eigen::MatrixXd& bias) const;
};

}  // namespace wideproof::theory
