// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/model/network.hpp>

namespace wideproof::theory {

/// How one neuron answers its input, for the activations whose fluctuations are derived:
///
///   z = (h − t)₊ with t = τ√q in the limit, or z = h.
///
/// At finite width the threshold is t + δt, and to first order in the layer's empirical measure, at
/// unit variance, δt = (1/n) Σ_i IF(u_i) with
///
///   fixed     IF(u) = 0
///   std       IF(u) = (τ/2)(u² − 1)
///   quantile  IF(u) = (1(u>τ) − f)/g(τ)                          (Bahadur 1966)
struct NeuronResponse {
  bool linear = false;
  double tau = 0.0;
  model::ThresholdRule rule = model::ThresholdRule::fixed;

  /// Whether scaling a layer's input scales its output: then norms multiply through the layers.
  bool is_homogeneous() const { return linear || tau == 0 || rule != model::ThresholdRule::fixed; }
  bool is_quantile() const { return !linear && rule == model::ThresholdRule::quantile; }
  bool is_std() const { return !linear && rule == model::ThresholdRule::std; }
};

/// Of thresholded_relu, relu (τ = 0, no rule) and linear; nullopt for every other activation.
std::optional<NeuronResponse> neuron_response(const model::Network& network);

}  // namespace wideproof::theory
