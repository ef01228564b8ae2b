// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/activation.hpp>

namespace wideproof::theory {

/// What a neuron of given weights does with Gaussian inputs, when its field h has mean μ and
/// variance Δ over them: with ∫Dx the mean over a standard normal,
///
///   mean            m = ∫Dx φ(√Δx + μ)
///   slope           p = ∫Dx φ'(√Δx + μ) = ∂m/∂μ
///   variance_ratio  V/Δ,  V = ∫Dx φ² − m²;  its limit p² at Δ = 0
///   slope_growth    ∂p/∂ ln Δ
///
/// tanh is summed over normal_nodes(), V as the mean square of (φ − m)/√Δ, whose differences of φ
/// come from tanh(a+b) − tanh a = sinh b/(cosh a cosh(a+b)) without cancellation. erf and the
/// others are closed, but for
///
///   V of erf = (2/π) ∫₀^{asin ρ} exp(−k²/(1 + sin θ)) dθ,  ρ = 2Δ/(1+2Δ),  k² = 2μ²/(1+2Δ).
///
/// Values are right to 1e-13 of themselves (∂p/∂ ln Δ to 1e-15 p) where |μ| ≤ 3 max(1, √Δ). ReLU
/// and step have their kink or jump at 0: a threshold t is taken off μ.
struct QuenchedResponse {
  double mean = 0.0;
  double slope = 0.0;
  double variance_ratio = 0.0;
  double slope_growth = 0.0;
};

/// Whether φ(−h) = −φ(h).
bool is_odd(model::Activation activation);

/// Δ = `variance` ≥ 0, μ = `mean_field`.
QuenchedResponse quenched_response(model::Activation activation, double variance,
                                   double mean_field);

}  // namespace wideproof::theory
