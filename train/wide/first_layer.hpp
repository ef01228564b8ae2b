// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/numeric/input_order.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/wide/wide_layer_law.hpp>

namespace wideproof::train {

/// The first layer's pre-activations of all N inputs, as training moves them: h = F_A X x of
/// weights that are never drawn, at first F_A (S ξ) with S Sᵀ the inputs' Gram; a step of training
/// on the first P inputs takes off
///
///   η Σ_a (x·x_a) ∂Loss/∂h_a         (the weights) or
///   η Σ_a (x·x_a) F_A F_Aᵀ ∂Loss/∂h_a   (the field)
class FirstLayer {
 public:
  /// `cosines`: the inputs' Gram, N × N, and their order; those that train come first.
  FirstLayer(const WideLayerLaw& law, const sim::NetworkId& id, const Eigen::MatrixXd& cosines,
             const sim::InputOrder& order, const sim::NeuronBlocks& blocks, int threads);

  /// A copy of h of inputs first…first + count − 1.
  sim::BlockedLayer preactivations(std::int64_t first, std::int64_t count) const {
    return rows_of(h_, first, count);
  }

  /// A step along gradients g_a (P × n), of which ∂Loss/∂h_a = weights_a g_a.
  void learn(const sim::BlockedLayer& gradients, const Eigen::VectorXd& weights, int threads);

 private:
  const WideLayerLaw& law_;
  const Eigen::MatrixXd& cosines_;
  sim::BlockedLayer h_;  ///< N × n
};

}  // namespace wideproof::train
