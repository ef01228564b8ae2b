// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/theory/neuron_features.hpp>
#include <wideproof/theory/pair_covariance.hpp>

namespace wideproof::theory {

/// How a pair's kernel entries K make those of the next matrix,
///
///   H_ab = E[φ(u_a)φ(u_b)] + m E[φ(u_a)] E[φ(u_b)],
///
/// with first and second derivatives at unit variances and correlation 1 − δ, in the coordinates of
/// PairCovariance but for r = d − δs, the first order of the deficit itself. What vanishes with δ
/// keeps its relative precision. With δ' = H_d/H_s, F = k(1) + mμ², c = 1 − δ and primes on what H
/// makes,
///
///   F s' = λ s + ½ η (s² + a²)
///   F a' = λ a
///   F r' = L r + κ s + ½ (ρ_ss s² + 2ρ_sr sr − k''(c) r² + ρ_aa a²).
///
/// Where the threshold scales with the norm, H is homogeneous: λ = F, κ = η = ρ_ss = ρ_sr = 0 and
/// ρ_aa = F(1−δ') − cL. A fixed threshold stays where it is, which by Price's theorem (∂/∂K_ab acts
/// as ∂_u∂_v, ∂/∂K_aa as ½∂_u², with (u−τ)₊'' = δ(u−τ)) gives
///
///   λ = f + mμg        η = τg/2 + m(g² + μg(τ²−1))/2        κ = τ[(μ−M) − δ'μ(1+mf)]
///   ρ_ss = (τ/2)(μ−M) + (τ²/2)(f−L−gb_1) − δ'η              ρ_sr = τ g b_0
///   ρ_aa = τg/2 + cτgb_0 + ½[(1−c²)k''(c) − g(τ²−1)b_1] + mg² − δ'η.
///
/// k''(c) = exp(−τ²/(1+c))/(2π√(1−c²)) diverges at c = ±1, where r does not fluctuate: 0 there.
struct PairKernel {
  PairKernel(const NeuronResponse& response, const NeuronFeatures& features, double degree);

  double value;    ///< F
  double deficit;  ///< δ'
  double norm_by_norm;
  double deficit_by_deficit;
  double deficit_by_norm = 0;
  double norm_curvature = 0;
  double deficit_by_norms = 0;
  double deficit_by_both = 0;
  double deficit_by_deficits;
  double deficit_by_contrasts;

  /// ∂H_ab/∂(K_aa, K_ab, K_bb)
  Eigen::Vector3d product_gradient() const;

 private:
  void set_fixed(double tau, const DifferenceMoments& m, double degree, double joint);

  double delta_;
};

}  // namespace wideproof::theory
