// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// The kernel that a trained readout of an infinitely wide network regresses with: the last hidden
/// layer's Gram, N × N, divided by k_τ(1) for the thresholded ReLU and raw for every other
/// activation, as LayerPrediction::gram. The readout's weights are uncorrelated, so that no lateral
/// filter acts on it.
///
/// It is predict(network, cosines).layers.back().gram for thousands of inputs: unit-norm inputs
/// share one variance q^l at every layer, so that
///
///   K^{l+1}_ab = σ² Σ_γ B(γ) E[φ(u_a)φ(v_b)] + σ_b²
///
/// is one function of K^l_ab, applied in place, `cosines` becoming the result: move it in to hold
/// one matrix at a time. Entries go through KernelInterpolant where predict()'s would.
///
/// Only the upper triangle of `cosines` is read. Throws as predict() does.
Eigen::MatrixXd regression_kernel(const model::Network& network, Eigen::MatrixXd cosines);

}  // namespace wideproof::theory
