// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/theory/neurons/neuron_features.hpp>

namespace wideproof::theory {

/// E[(u−h)₊(v−k)₊] for standard normals of correlation c ∈ [−1, 1] and thresholds of their own,
///
///   (c + hk) P(u>h, v>k) − k g(h) Q((k−ch)/r) − h g(k) Q((h−ck)/r) + r g(h) g((k−ch)/r),
///
/// r = √(1−c²), the orthant probability by Owen's function. To about 1e-15 (1 + |hk|).
double unequal_kernel(double h, double k, double c);

/// What a correlated neighbour lets expect of a neuron's influences ψ_s and ψ_d (GramNoise, B = δ),
/// centred:
///
///   T(w) = E[ψ | w],    (u_a, u_b) = √ρ w + √(1−ρ) ξ,
///
/// w and ξ being pairs of unit variances and correlation 1 − δ. For neurons whose inputs have
/// correlation ρ, Cov(ψ, ψ') = E[T(w) T(w)ᵀ], since both are such draws around one w; for −ρ it is
/// E[T(w) T(−w)ᵀ].
class ConditionalInfluence {
 public:
  struct Means {
    double norm;      ///< of ψ_s
    double distance;  ///< of ψ_d, off by about 1e-15 however small δ is
  };

  /// 0 < rho < 1.
  ConditionalInfluence(const NeuronResponse& response, const NeuronFeatures& features, double rho);

  Means operator()(double wa, double wb) const;

 private:
  /// Conditional means of what one input makes the neuron do.
  struct Side {
    double threshold;  ///< of ξ, given w
    double square, influence;
  };
  Side side(double w) const;

  NeuronResponse response_;
  double c_;
  double root_rho_;
  double spread_;  ///< √(1−ρ)
  double active_fraction_;
  double density_;
  double mean_value_;
  double missed_;
  Means means_;
};

}  // namespace wideproof::theory
