// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace wideproof::compare {

/// Least squares y ≈ Xβ over W widths with weights that are fixed beforehand, so that the fit is
/// linear in y and unbiased whatever the law of y. With V the diagonal matrix of the weights,
///
///   A = (XᵀVX)⁻¹XᵀV,   β = Ay,   E Ay = β
///   NX = 0,   N V⁻¹ Nᵀ = I,   E Ny = 0 where the model holds
///
/// It is the best linear fit where Var(y_w) ∝ 1/weight_w; the errors of β and of the residual
/// contrasts Ny are those of the data, whatever the weights.
struct WidthDesign {
  Eigen::MatrixXd influence;  ///< A, coefficients × widths
  Eigen::MatrixXd contrasts;  ///< N, (widths − coefficients) × widths
};

/// `columns` X, widths × coefficients, of full column rank; every weight is positive.
WidthDesign fit_over_widths(const Eigen::MatrixXd& columns, const Eigen::VectorXd& weights);

/// 1, x, …, x^order with x = (n₀/n)^power, n₀ the narrowest width: the intercept is the limit
/// n → ∞.
Eigen::MatrixXd inverse_width_columns(const std::vector<std::int64_t>& widths, int order,
                                      double power = 1.0);

/// The variance Σ_w a_w² s_w² of Σ_w a_w y_w and its degrees of freedom by Welch and Satterthwaite,
/// (Σ a_w² s_w²)² / Σ (a_w² s_w²)²/ν_w.
struct LinearError {
  double variance = 0.0;
  double degrees_of_freedom = 0.0;
};

LinearError linear_error(const Eigen::VectorXd& coefficients, const Eigen::VectorXd& variances,
                         const Eigen::VectorXd& degrees_of_freedom);

}  // namespace wideproof::compare
