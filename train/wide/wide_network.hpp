// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/numeric/input_order.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/wide/deep_layer.hpp>
#include <wideproof/train/wide/first_layer.hpp>

namespace wideproof::train {

/// Some inputs as they have passed the network: by layer, of m inputs.
struct WidePass {
  struct Layer {
    sim::BlockedLayer h, z;  ///< m × n
    at::Tensor thresholds;   ///< m × 1; undefined without
    Eigen::MatrixXd right;   ///< DeepLayer::forward()'s
  };

  std::vector<Layer> layers;
  Eigen::MatrixXd outputs;  ///< m × C
};

/// Gradients of some function of the outputs, by layer.
struct WideGradients {
  struct Layer {
    sim::BlockedLayer gradients;  ///< in h, P × n
    Eigen::MatrixXd left;         ///< DeepLayer::backward()'s
  };

  std::vector<Layer> layers;
};

/// One network in training, its hidden weights never drawn: FirstLayer, DeepLayer and a readout
/// y_k = (σ_r/√n) v_k·z, v white at first, which moves by −η (σ_r/√n) Σ_a ∂Loss/∂y_ka z_a a step.
class WideNetwork {
 public:
  /// `cosines`: the inputs' Gram, N × N, those that train first; `outputs`: C.
  WideNetwork(const WideLayerLaw& law, const sim::NetworkId& id, const Eigen::MatrixXd& cosines,
              const sim::InputOrder& order, std::int64_t outputs, const sim::NeuronBlocks& blocks,
              int threads);

  /// Inputs first…first + count − 1.
  WidePass forward(std::int64_t first, std::int64_t count);

  /// Of Σ_ka factors_ak y_k(x_a), in all h. `factors`: P × C, of the inputs of `pass`.
  WideGradients backward(const WidePass& pass, const Eigen::MatrixXd& factors);

  /// A step of training: ∂Loss/∂y_ka is `slopes`_ak (P × C), and ∂Loss/∂h_a weights_a times the
  /// gradients.
  void learn(const WidePass& pass, const WideGradients& gradients, const Eigen::VectorXd& weights,
             const Eigen::MatrixXd& slopes);

  /// The tangent kernel of the output whose gradients these are, P × P.
  Eigen::MatrixXd tangent(const WidePass& pass, const WideGradients& gradients) const;

  /// SeenField::largest_dropped() of all layers.
  double largest_dropped() const;

 private:
  void activate(std::int64_t layer, WidePass::Layer& of) const;
  void pass_slopes(const WidePass::Layer& of, sim::BlockedLayer& gradients) const;
  DeepLayer::Step step_of(std::size_t layer, const WidePass& pass,
                          const WideGradients& gradients) const;

  const WideLayerLaw& law_;
  const Eigen::MatrixXd& cosines_;
  int threads_;
  double readout_scale_;  ///< σ_r/√n
  FirstLayer first_;
  std::vector<DeepLayer> deep_;
  sim::BlockedLayer readout_;  ///< v, C × n
};

}  // namespace wideproof::train
