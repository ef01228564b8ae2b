// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <torch/types.h>

#include <wideproof/sim/sampled_law.hpp>

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

  /// t(x), P × 1. `h`: P × n pre-activations of hidden layer `layer`, from 1.
  torch::Tensor threshold(const torch::Tensor& h, std::int64_t layer) const;

  /// z, P × n.
  torch::Tensor operator()(const torch::Tensor& h, std::int64_t layer) const;

 private:
  SampledLaw law_;
  double tau_ = 0.0;
};

}  // namespace wideproof::sim
