// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/model/prediction.hpp>

namespace wideproof::model {

/// What infinite width predicts of the tangent kernels
///
///   Θ^l_ab = Σ_θ ∂h^l_i(x_a)/∂θ · ∂h^l_i(x_b)/∂θ
///
/// of pre-activations, any one neuron i, and of an output y = (σ_r/√n) Σ_j v_j z^L_j with white v
/// and σ_r² = readout_variance, over all parameters at or below them. Matrices are P × P.
struct TangentPrediction {
  Prediction network;                     ///< Gram matrices and constants
  std::vector<Eigen::MatrixXd> tangents;  ///< Θ^l by layer, from 1
  /// By layer what two different neurons i, i + δ share: Σ_θ ∂h_i(x_a)/∂θ · ∂h_{i+δ}(x_b)/∂θ is
  /// A(δ) times this, A being the postsynaptic filter's. 0 at the first layer of trained weights.
  std::vector<Eigen::MatrixXd> shared_tangents;
  Eigen::MatrixXd output_tangent;  ///< Θ of the output
  Eigen::MatrixXd output_kernel;   ///< covariance of the output: Θ of the readout alone
  double readout_variance = 1.0;   ///< σ_r² = 1/Prediction::gram_scale
  /// lim n·Var and lim n·(E − limit) of Θ̂ by layer, and of the output's last; empty where they are
  /// not derived.
  std::vector<Eigen::MatrixXd> variances;
  std::vector<Eigen::MatrixXd> biases;
};

}  // namespace wideproof::model
