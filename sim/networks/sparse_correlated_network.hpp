// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <ostream>
#include <vector>

#include <ATen/core/Tensor.h>
#include <torch/arg.h>
#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <wideproof/model/gradients.hpp>
#include <wideproof/sim/layers/layer_outputs.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::sim {

/// Options for SparseCorrelatedNetwork.
///
/// Example:
/// ```
/// SparseCorrelatedNetwork net(
///     SparseCorrelatedNetworkOptions(784, 1024).law({.network = network, .weight_variance = 9.6})
///         .seed(7));
/// ```
struct SparseCorrelatedNetworkOptions {
  SparseCorrelatedNetworkOptions(std::int64_t in_features, std::int64_t width)
      : in_features_(in_features), width_(width) {}

  /// Length of an input vector.
  TORCH_ARG(std::int64_t, in_features);
  /// Neurons of each hidden layer, n; those with a width factor have as many times more.
  TORCH_ARG(std::int64_t, width);
  /// The law of weights and biases, activation, threshold rule and depth.
  TORCH_ARG(SampledLaw, law);
  /// With `replicate`, names the random streams: equal names give equal networks.
  TORCH_ARG(std::uint64_t, seed) = 0;
  TORCH_ARG(std::int64_t, replicate) = 0;
  TORCH_ARG(at::ScalarType, dtype) = at::kFloat;
  /// Whether gradients pass through thresholds that are set from the layer.
  TORCH_ARG(model::ThresholdGradient, threshold_gradient) = model::ThresholdGradient::through;
};

/// A finite network with thresholded activations and spatially correlated Gaussian weights (the
/// law is model::Network's), as a LibTorch module.
///
/// Layer l's weight W = s F_A X F_B and bias b = σ_b F_A ξ are parameters `weight<l>` (neurons ×
/// fan-in) and `bias<l>` (layers 2…depth, where σ_b > 0), X and ξ being i.i.d. standard normal
/// fields, F_A and F_B the circular convolutions by the post- and presynaptic lateral filters, and
/// s = 1 at the first layer, √(σ²/fan-in) after it, σ² and σ_b being the layer's own. F_B is absent
/// at the first layer.
///
/// reset() makes new parameters, drawn from the streams that seed, width and replicate name; it
/// gives the same network each time. Throws model::InputError when a filter does not fit.
class SparseCorrelatedNetworkImpl : public torch::nn::Cloneable<SparseCorrelatedNetworkImpl> {
 public:
  explicit SparseCorrelatedNetworkImpl(SparseCorrelatedNetworkOptions options_);

  void reset() override;
  void pretty_print(std::ostream& stream) const override;

  /// `inputs`: P × in_features, of unit norm for the theory to apply. Autograd reaches weights,
  /// biases and inputs.
  LayerOutputs forward(const at::Tensor& inputs);

  SparseCorrelatedNetworkOptions options;
  std::vector<at::Tensor> weights;  ///< layer l's at l−1
  std::vector<at::Tensor> biases;   ///< layer l's at l−1; undefined where there is none
};

TORCH_MODULE(SparseCorrelatedNetwork);

}  // namespace wideproof::sim
