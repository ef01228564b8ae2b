// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/projection/sparseness_projection.hpp>

namespace wideproof::sim {

/// z = φ(h − t) of one layer, with the threshold t(x) that the network's rule sets for each input:
///
///   fixed      t = τ √K∞(x,x)
///   std        t = τ √((1/n) Σ_i h_i²)
///   quantile   t = (1−w) h_(k) + w h_(k+1), h_(·) sorted, k + w = (n−1)(1−f)   (NumPy's default)
///
/// (Chun & Lee 2024.) Differentiable in h, through t as well, save for the step.
class LayerActivation {
 public:
  explicit LayerActivation(const SampledLaw& law);

  const model::Network& network() const { return law_.network; }
  model::Activation activation() const { return law_.network.activation(); }
  model::ThresholdRule rule() const { return law_.network.threshold(); }
  double active_fraction() const { return law_.network.active_fraction(); }
  /// τ = Φ⁻¹(1 − f); 0 where the activation has no threshold.
  double tau() const { return tau_; }

  bool has_threshold() const { return model::is_thresholded(law_.network.activation()); }
  bool projects() const {
    return law_.network.activation() == model::Activation::sparse_projection;
  }
  /// Whether z depends on all of a layer's neurons: thresholds of std and quantile, projections.
  bool needs_whole_layer() const;

  /// k and w of a layer of `width` neurons, the order statistics counted from 0.
  struct QuantilePosition {
    std::int64_t rank = 0;
    double weight = 0.0;
  };
  QuantilePosition quantile_position(std::int64_t width) const;

  /// t(x), P × 1, in the unit of h. `h`: P × n pre-activations of hidden layer `layer`, from 1, in
  /// multiples of `unit`.
  at::Tensor threshold(const at::Tensor& h, std::int64_t layer, double unit = 1.0) const;

  /// φ(h − t), P × n, for given thresholds, P × 1; undefined where has_threshold() is not.
  at::Tensor apply(const at::Tensor& h, const at::Tensor& threshold) const;

  /// Turns `h` into apply(h, threshold).
  void overwrite(at::Tensor& h, const at::Tensor& threshold) const;

  /// Of a network that projects: turns a row of all of a layer's neurons, contiguous and on the
  /// CPU, into its projection to ‖z‖₁/‖z‖₂ = √n (1 − σ*), ‖z‖₂ = √n.
  ProjectionScale project(at::Tensor& row) const;

  /// overwrite() of `h`, contiguous and on the CPU. Returns how many of it are positive
  /// then, or not 0 where a network projects: `h` has been projected by then.
  std::int64_t apply_in_place(at::Tensor& h, const at::Tensor& threshold) const;

  /// z = apply(h, threshold(h, layer, unit)), P × n.
  at::Tensor operator()(const at::Tensor& h, std::int64_t layer, double unit = 1.0) const;

 private:
  at::Tensor pointwise(const at::Tensor& x) const;

  SampledLaw law_;
  double tau_ = 0.0;
};

}  // namespace wideproof::sim
