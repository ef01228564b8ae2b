// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/numeric/bracketed_selection.hpp>

namespace wideproof::sim {

/// What a threshold that depends on a whole layer needs to know of its neurons; it adds up.
struct ThresholdStatistics {
  Eigen::ArrayXd squares;                      ///< std: Σ_i h_i² for each input
  std::vector<BracketedSelection> selections;  ///< quantile: one for each input

  ThresholdStatistics& operator+=(const ThresholdStatistics& other);
};

/// Thresholds of the rules `std` and `quantile` for a layer seen block by block.
///
/// The quantile's bracket is where it falls but once in 2000 rows were the neurons independent
/// N(0, K(x,x)); correlated neurons widen it. Outside of it the whole row is searched.
class LayerThreshold {
 public:
  /// `variances`: K(x,x) of the P inputs. `spread`: how many times the standard error of a layer's
  /// mean may exceed that of independent neurons.
  LayerThreshold(const LayerActivation& activation, const Eigen::VectorXd& variances,
                 std::int64_t width, double spread);

  /// Of no neurons.
  ThresholdStatistics none() const;
  /// Of a block's pre-activations, P × size.
  ThresholdStatistics of(const at::Tensor& h) const;

  /// t(x), P × 1, in the layer's dtype. `statistics` of all its blocks.
  at::Tensor operator()(ThresholdStatistics statistics, const BlockedLayer& layer) const;

 private:
  double quantile(BracketedSelection& selection, const BlockedLayer& layer,
                  std::int64_t input) const;

  const LayerActivation& activation_;
  std::int64_t inputs_;
  std::int64_t width_;
  ThresholdStatistics none_;
};

}  // namespace wideproof::sim
