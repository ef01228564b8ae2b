// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace wideproof::model {

/// Mean and variance over replicates of a P × P matrix of observables; the network is the sampling
/// unit. `variance` is that of ONE network (unbiased, divisor replicates − 1).
struct SampleMoments {
  Eigen::MatrixXd mean;
  Eigen::MatrixXd variance;

  /// √(variance / replicates)
  Eigen::MatrixXd standard_error(std::int64_t replicates) const {
    return (variance / static_cast<double>(replicates)).cwiseSqrt();
  }
};

/// What networks of one width showed at one hidden layer. Same scaling as LayerPrediction:
/// `gram` is divided by Prediction::gram_scale.
struct LayerMeasurement {
  std::int64_t width = 0;
  std::int64_t layer = 0;  ///< from 1
  std::int64_t replicates = 0;
  /// Less the control variates where the run reduces variance: then `variance` is that of one
  /// network's reduced estimate, and the Gram's own stands in `plain_gram`.
  SampleMoments gram;
  /// Of each network's own gram normalised to a unit diagonal, over the networks that have it; NaN
  /// where some are silent and fewer than two are not.
  SampleMoments correlation;
  SampleMoments plain_gram;         ///< empty (0 × 0) without variance reduction
  SampleMoments plain_correlation;  ///< likewise
  SampleMoments next_kernel;        ///< empty (0 × 0) at the last layer
  double active_fraction_mean = 0.0;
  double active_fraction_variance = 0.0;  ///< of one network
  /// Of each network's own next_kernel normalised to a unit diagonal, over the networks that have
  /// it; empty where that is.
  SampleMoments next_correlation = {};
  /// Networks in which some input activates no neuron of this layer: they have no correlation.
  std::int64_t silent_networks = 0;
  /// Networks in which next_kernel has a zero on its diagonal: they have no next_correlation.
  std::int64_t silent_kernels = 0;

  /// How many networks the moments of correlation, and of next_correlation, are over.
  std::int64_t correlation_replicates() const { return replicates - silent_networks; }
  std::int64_t next_correlation_replicates() const { return replicates - silent_kernels; }

  /// What one network shows, without control variates.
  const SampleMoments& own_gram() const { return plain_gram.mean.size() > 0 ? plain_gram : gram; }
  const SampleMoments& own_correlation() const {
    return plain_correlation.mean.size() > 0 ? plain_correlation : correlation;
  }
};

using Measurement = std::vector<LayerMeasurement>;  ///< by width ascending, then layer

}  // namespace wideproof::model
