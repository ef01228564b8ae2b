// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// The law of trained outputs over infinitely wide networks after a step: Gaussian, independent
/// from output to output.
struct TrainedLaw {
  Eigen::MatrixXd mean;        ///< C × N
  Eigen::MatrixXd covariance;  ///< N × N, of each output; 0 of centred networks
};

/// What infinite width predicts of training.
struct TrainingPrediction {
  /// By recorded step: gradient descent at the run's rate, and gradient flow for as long. Empty
  /// where no limit is derived.
  std::vector<TrainedLaw> descent, flow;
  /// Regression with the output's kernel (NNGP) and with its tangent kernel, each to the end,
  /// C × N; set beside trained networks whether or not their limit is derived.
  Eigen::MatrixXd kernel_regression, tangent_regression;
  /// 2/λ_max of the kernel that trains; NaN where none is known.
  double critical_step_size = std::numeric_limits<double>::quiet_NaN();
  double readout_variance = 1.0;  ///< σ_r²
};

}  // namespace wideproof::model
