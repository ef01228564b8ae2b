// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/theory/neuron_response.hpp>

namespace wideproof::theory {

/// What one neuron adds to the averages that a pair of inputs a, b depends on.
enum Feature { square_a, product_ab, square_b, value_a, value_b, threshold_a, threshold_b };

/// Entries that a pair of inputs has in a kernel or Gram matrix: (aa), (ab), (bb).
enum PairEntry { entry_aa, entry_ab, entry_bb };

using FeatureVector = Eigen::Matrix<double, 7, 1>;
using FeatureMatrix = Eigen::Matrix<double, 7, 7>;

/// Means and covariances of one neuron's features
///
///   (φ_a², φ_aφ_b, φ_b², φ_a, φ_b, IF(u_a), IF(u_b)),
///
/// φ the response at the limit's threshold, u_a, u_b standard normals of correlation c, IF the
/// influence on the threshold (NeuronResponse). Closed forms: truncated moments (TruncatedMoments)
/// or, for linear neurons, Isserlis' theorem.
struct NeuronFeatures {
  NeuronFeatures(const NeuronResponse& response, double c);

  FeatureVector mean;
  FeatureMatrix covariance;
};

}  // namespace wideproof::theory
