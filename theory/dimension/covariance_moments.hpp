// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/dimension/prediction.hpp>

namespace wideproof::theory {

/// Gaussian inputs of N units, or what a layer of N units makes of its inputs.
struct GaussianEnsemble {
  Eigen::MatrixXd covariance;  ///< C, N × N
  Eigen::VectorXd mean;        ///< m

  /// White inputs: C = 1, m = 0.
  static GaussianEnsemble white(Eigen::Index width);
};

/// D̃ = (tr C)²/(N tr C²), in [1/N, 1]. NaN for C = 0.
double linear_dimensionality(const Eigen::MatrixXd& covariance);

/// NΣ = 2/(N−1) Σ_{i<j} C_ij²; 0 for one unit.
double correlation_strength(const Eigen::MatrixXd& covariance);

/// The moments of one network's layer. (Their dimensionality() is D̃ up to S/N.)
model::LayerMoments moments_of(const GaussianEnsemble& ensemble);

}  // namespace wideproof::theory
