// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <Eigen/Core>

#include <wideproof/theory/neurons/difference_moments.hpp>
#include <wideproof/theory/neurons/neuron_response.hpp>

namespace wideproof::theory {

/// What one input makes a neuron add to the layer's averages: φ², φ and IF(u), φ the response at
/// the limit's threshold, IF the influence on the threshold (NeuronResponse).
enum Feature { square, value, threshold };

/// Means and covariances of what one neuron adds for two inputs a, b, u_a, u_b being standard
/// normals of correlation 1 − δ: sums and differences x_a ± x_b of the features and half a squared
/// distance, Δ²/2 with Δ = φ_a − φ_b. Sums and differences are uncorrelated. Closed forms:
/// DifferenceMoments or, for linear neurons, Isserlis' theorem. What vanishes with δ keeps its
/// relative precision.
struct NeuronFeatures {
  NeuronFeatures(const NeuronResponse& response, double delta);

  /// Covariance of the sums; `own` is that of one input's features.
  Eigen::Matrix3d sums() const { return 4 * own - differences; }

  double delta;
  double mean_square = 1;      ///< E[φ²] = k(1)
  double mean_value = 0;       ///< μ
  double active_fraction = 1;  ///< f
  double drop;                 ///< E[Δ²]/2 = k(1) − k(1−δ)
  double missed = 0;           ///< μ − M, M = E[1_aφ_b]

  Eigen::Matrix3d own = Eigen::Matrix3d::Zero();
  Eigen::Matrix3d differences = Eigen::Matrix3d::Zero();
  Eigen::Vector3d distance_with_sums = Eigen::Vector3d::Zero();  ///< Cov(Δ²/2, sums)
  double distance_variance;                                      ///< Var(Δ²/2)

  std::optional<DifferenceMoments> moments;  ///< none for linear neurons

 private:
  void set_linear();
  void set_rectified(const NeuronResponse& response);
};

}  // namespace wideproof::theory
