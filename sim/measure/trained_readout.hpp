// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/generalization/measurement.hpp>

namespace wideproof::sim {

/// Squared errors, over a pool of N points, of a network whose readout alone was trained on P of
/// them: the weights of smallest norm among those that minimise
///
///   Σ_{a∈T} (Y_a − w·z_a/√n)² + λ|w|²,     ŷ = Ĝ_{·T} (Ĝ_TT + λ)⁻¹ Y_T,
///
/// Ĝ = (1/n) z zᵀ the last hidden layer's Gram (ReadoutSampler::gram()), which is all that is
/// needed of the layer. `targets` is Y, N × outputs, `training` T, `ridge` λ ≥ 0, in units of Ĝ.
///
/// Cholesky in double; where a pivot is at most P·2⁻⁵² of the largest diagonal entry (without a
/// ridge, wherever P exceeds the neurons that are active) eigenvalues of Ĝ_TT, those up to P·2⁻⁵²
/// of the largest left out. Through LibTorch, on as many threads as it is set to.
///
/// Throws model::InputError naming generalization.training_points (none, no row of the pool, or
/// twice the same), generalization.ridge, or targets (not N finite rows).
model::RegressionError trained_readout(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& targets,
                                       const std::vector<Eigen::Index>& training, double ridge);

}  // namespace wideproof::sim
