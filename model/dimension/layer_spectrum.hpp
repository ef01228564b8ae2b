// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

#include <Eigen/Core>

namespace wideproof::model {

/// Eigenvalues of the covariance C over inputs of one layer's activations, of one network.
struct LayerSpectrum {
  std::int64_t width = 0;    ///< N
  std::int64_t layer = 0;    ///< from 1
  std::int64_t samples = 0;  ///< M inputs
  /// N D̃ = (tr C)²/tr C², how many directions the activations spread over; NaN where C is 0. An
  /// unbiased estimate of both traces where the inputs are samples of an ensemble: then it exceeds
  /// that of the eigenvalues below, which few samples spread.
  double participation_ratio = std::numeric_limits<double>::quiet_NaN();
  /// Of the samples' own covariance, falling; at most N and M of them, the others being 0.
  Eigen::VectorXd eigenvalues = {};
};

}  // namespace wideproof::model
