// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::theory {

/// Squared errors of kernel ridge regression over a pool of N points, P of which train:
///
///   ŷ = K_{·T} (K_TT + λ)⁻¹ Y_T,    error = mean over points and outputs of (ŷ − Y)²,
///
/// T the training points. `kernel` is K, N × N, `targets` Y, N × outputs, `training` the rows T and
/// `ridge` λ ≥ 0, in units of K. Cholesky in double (factor_cholesky()).
///
/// Where a pivot of K_TT + λ is at most P·2⁻⁵² of the largest diagonal entry (two equal inputs, a
/// kernel of rank below P, or eigenvalues that fall off as far, at λ = 0), its pseudo-inverse
/// stands for the inverse: eigenvalues up to P·2⁻⁵² of the largest are left out. That is the
/// least-squares fit of smallest ‖ŷ‖_K: equal inputs with different targets get the targets' mean.
/// It takes some twenty times as long.
///
/// Throws InputError naming generalization.training_points (none, out of range, or twice the same
/// row), generalization.ridge, targets (not N rows or no column, not finite), or kernel (not
/// square).
model::RegressionError kernel_regression(const Eigen::MatrixXd& kernel,
                                         const Eigen::MatrixXd& targets,
                                         const std::vector<Eigen::Index>& training, double ridge);

}  // namespace wideproof::theory
