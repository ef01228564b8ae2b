// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// What one layer of independent neurons makes of a pair's kernel, K_aa = K_bb = q and
/// K_ab = q (1−δ), and of gradients: the means over n neurons
///
///   G = mean φ_xφ_y,   D = mean φ'_xφ'_y,   xy = aa, ab, bb,
///
/// in the limit, their derivatives by K_aa, K_ab, K_bb, and n times the covariance of all six given
/// K̂. Thresholds are a layer's own where the rule says so: a shift of t_a by IF, of each neuron
/// τ(u²−1)/2 (std) or (1(u>τ)−f)/g (quantile), costs G_ab M and D_ab g P(v>τ | u=τ).
struct LayerInfluences {
  using Triple = Eigen::Vector3d;
  using Square = Eigen::Matrix3d;

  Triple gram, slope;                      ///< G, D
  Square gram_by_kernel, slope_by_kernel;  ///< rows: entries; columns: of K
  Eigen::Matrix<double, 6, 6> covariance;  ///< of G, then D

  /// Of relu, linear and thresholded_relu.
  LayerInfluences(const model::Network& network, double q, double delta);
};

}  // namespace wideproof::theory
