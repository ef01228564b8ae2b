// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>

namespace wideproof::sim {

/// The derivative of each input's threshold by its layer's pre-activations, ∂t = Σ_i w_i ∂h_i:
///
///   fixed      w = 0
///   std        w_i = τ h_i/(n s),   s = √((1/n) Σ_i h_i²);   0 for a layer that is 0
///   quantile   w = 1 − a and a at the neurons of the order statistics k and k + 1 that t lies
///              between, k + a = (n−1)(1−f)
///
/// (the derivatives of LayerActivation::threshold). So a gradient ∂y/∂z = g makes
/// ∂y/∂h_i = 1(h_i > t) g_i − w_i Σ_j 1(h_j > t) g_j.
class ThresholdCarriers {
 public:
  /// `layer`: h, P × n.
  ThresholdCarriers(const LayerActivation& activation, const BlockedLayer& layer, int threads);

  /// δ_a −= w_a s_a on a block, `gradients` being δ of the P inputs, P × size, and s_a, `sums`, the
  /// sum of δ_a over all neurons. `h`: the block's pre-activations.
  void subtract(std::int64_t block, const at::Tensor& h, const Eigen::ArrayXd& sums,
                at::Tensor& gradients) const;

 private:
  struct Carrier {
    std::int64_t neuron = 0;
    double weight = 0.0;
  };

  NeuronBlocks blocks_;
  Eigen::ArrayXd slopes_;                         ///< std: w_i/h_i of each input
  std::vector<std::array<Carrier, 2>> carriers_;  ///< quantile: of each input
};

}  // namespace wideproof::sim
