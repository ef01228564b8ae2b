// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/activation.hpp>
#include <wideproof/theory/dimension/normal_nodes.hpp>

namespace wideproof::theory {

/// The field of one neuron over the inputs: normal with this variance and mean.
struct FieldLaw {
  double variance;  ///< Δ ≥ 0
  double mean;      ///< μ
};

/// The neuron's response over standard normal x = (h − μ)/√Δ: where φ(√Δx + μ) bends or has a kink.
Transition response_transition(model::Activation activation, const FieldLaw& field);

/// Cov[φ(u), φ(v)] of two neurons' fields u, v of covariance `covariance`, whatever their
/// correlation c (taken as ±1 beyond):
///
///   ∫Dx [φ(√Δ₁x + μ₁) − m₁] m(μ₂ + √Δ₂ c x; Δ₂(1−c²)),
///
/// m(μ; Δ) being the mean of QuenchedResponse, on normal_nodes() that are dense where either
/// factor is steep. Off by 1e-12 √(V₁V₂) + 1e-14 at most up to √Δ = 100; takes milliseconds for
/// tanh.
double pair_covariance(model::Activation activation, const FieldLaw& one, const FieldLaw& other,
                       double covariance);

/// a_k = ∫Dx φ(√Δx + μ) He_k(x)/√(k!) for k = 1 … `count`: the covariance above is Σ a_k a_k' c^k
/// (Mehler), and V = Σ a_k². To 1e-12 for bounded φ and k ≤ 128.
Eigen::ArrayXd response_coefficients(model::Activation activation, const FieldLaw& field,
                                     Eigen::Index count);

}  // namespace wideproof::theory
