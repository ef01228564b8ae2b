// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <Eigen/Core>

namespace wideproof::model {

/// Eigenvalues of the covariance C over inputs of one layer's activations, of one network.
struct LayerSpectrum {
  std::int64_t width = 0;       ///< N
  std::int64_t layer = 0;       ///< from 1
  Eigen::VectorXd eigenvalues;  ///< falling; at most N of them, the others being 0

  /// N D̃ = (tr C)²/tr C², how many directions the activations spread over; NaN where C is 0.
  double participation_ratio() const {
    const double trace = eigenvalues.sum();
    return trace * trace / eigenvalues.squaredNorm();
  }
};

}  // namespace wideproof::model
