// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/model/gradients.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>

namespace wideproof::train {

/// What a layer's neurons make of their pre-activations, z = φ(h − t), and of gradients on the way
/// back: with g = ∂loss/∂z,
///
///   ∂loss/∂h_i = φ′(h_i − t) g_i − w_i Σ_j φ′(h_j − t) g_j,     ∂t = Σ_i w_i ∂h_i,
///
/// w as sim::ThresholdCarriers has it, 0 of detached thresholds. Of projected layers ∂loss/∂h = Jᵀg
/// (sim::pass_back_projection). Everything is by input: rows of tensors, whole or in part. Rows are
/// contiguous.
class LayerResponse {
 public:
  LayerResponse(const sim::SampledLaw& law, model::ThresholdGradient gradient);

  /// Whether activate() needs all of a layer's neurons.
  bool needs_whole_layer() const { return activation_.needs_whole_layer(); }
  /// Whether multiply_slopes() needs all of a layer's neurons.
  bool mixes_neurons() const { return activation_.projects(); }
  /// Whether subtract_thresholds() has to be called, with all of a layer's neurons.
  bool has_threshold_gradient() const { return passes_thresholds_; }
  /// Whether gradients need h; else z says all.
  bool keeps_preactivations() const;

  /// z of h, which may be the same tensor. `layer` counts from 1.
  void activate(const at::Tensor& h, std::int64_t layer, at::Tensor& z) const;

  /// g ← φ′(h − t) g, or Jᵀg. `h` is read where keeps_preactivations().
  void multiply_slopes(const at::Tensor& h, const at::Tensor& z, at::Tensor& gradients) const;

  /// δ ← δ − w Σ_j δ_j, row by row.
  void subtract_thresholds(const at::Tensor& h, at::Tensor& gradients) const;

 private:
  at::Tensor thresholds(const at::Tensor& h, std::int64_t layer) const;
  void pass_back_projections(const at::Tensor& h, const at::Tensor& z, at::Tensor& gradients) const;
  void subtract_norms(const at::Tensor& h, at::Tensor& gradients) const;
  void subtract_quantiles(const at::Tensor& h, at::Tensor& gradients) const;

  sim::LayerActivation activation_;
  bool passes_thresholds_;
};

}  // namespace wideproof::train
