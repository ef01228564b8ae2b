// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

#include <Eigen/Core>

namespace wideproof::sim {

/// What a sampler tells of one hidden layer of one network on P inputs.
struct LayerSummary {
  std::int64_t layer = 0;            ///< from 1
  Eigen::MatrixXd gram;              ///< (1/n) Σ_i z_i(x_a) z_i(x_b), P × P
  Eigen::MatrixXd presynaptic_gram;  ///< the same of F_Bᵀ z; 0 × 0 at the last layer
  double active_fraction = 0.0;      ///< of neurons with z > 0, averaged over the inputs
  Eigen::ArrayXd mean_magnitude;     ///< (1/n) Σ_i |z_i(x_a)|, P; empty of what is no layer
  double silent_share = 0.0;         ///< of neurons with z = 0 for all inputs
  /// Of the other neurons, the mean of Hoyer's sparseness over the inputs; NaN where there is none
  /// or one input.
  double unit_hoyer = std::numeric_limits<double>::quiet_NaN();
  Eigen::VectorXd selectivity = {};  ///< model::SelectivityNumber, in order; empty without classes
  /// What the control variates take off the Gram and off its correlations; 0 × 0 where there are
  /// none.
  Eigen::MatrixXd gram_control;
  Eigen::MatrixXd correlation_control;
};

}  // namespace wideproof::sim
