// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::sim {

/// What a layer's neurons show under thresholds that are known before they are drawn,
/// t̃_a = τ √K_aa, K being the layer's kernel: z̃ = (h − t̃)₊.
struct LayerCompanion {
  Eigen::MatrixXd gram;              ///< (1/n) Σ_i z̃_i(x_a) z̃_i(x_b), P × P
  Eigen::MatrixXd presynaptic_gram;  ///< the same of F_Bᵀ z̃; 0 × 0 at the last layer
  Eigen::ArrayXd active_fraction;    ///< of h > t̃, for each input
  Eigen::ArrayXd thresholds;         ///< the network's own t; empty where it has none
};

}  // namespace wideproof::sim
