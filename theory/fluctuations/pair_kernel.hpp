// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/theory/neurons/neuron_features.hpp>
#include <wideproof/theory/neurons/pair_covariance.hpp>

namespace wideproof::theory {

/// How a pair's kernel entries K make those of the next matrix,
///
///   H_ab = E[φ(u_a)φ(u_b)] + m E[φ(u_a)] E[φ(u_b)],
///
/// with first and second derivatives at unit variances and deficit δ = 1 − c. The coordinates are
/// s = (K_aa + K_bb)/2 − 1, a = (K_aa − K_bb)/2 and x = 1 − δ − K_ab/√(K_aa K_bb), and the same of
/// H in units of its value F = k(1) + mμ², with primes. What vanishes with δ keeps its relative
/// precision; δ' = [k(1) − k(c)]/F.
///
///   s' = λs + ½η(s² + a²)            a' = λa
///   x' = (L/F) x + ωs + ½[ξ_ss s² + 2ξ_sx sx − (k''(c)/F) x² + ξ_aa a²]
///
/// Where the threshold scales with the norm, H is homogeneous and a deficit makes a deficit:
/// λ = 1 and η = ω = ξ = 0. A fixed threshold stays where it is, which by Price's theorem (∂/∂K_ab
/// acts as ∂_u∂_v, ∂/∂K_aa as ½∂_u², with (u−τ)₊'' = δ(u−τ)) gives
///
///   Fλ = f + mμg      Fη = τg/2 + m(g² + μg(τ²−1))/2      Fω = τ[(μ−M) − δ'μ(1+mf)]
///   Fξ_ss = (τ/2)(μ−M) + (τ²/2)(f−L−gb_1) − Fηδ' − 2Fλω        Fξ_sx = L(1−λ) + τgb_0
///   Fξ_aa = c(L + τgb_0) + τg/2 + ½[(1−c²)k''(c) − g(τ²−1)b_1] + mg² − Fηδ' − F(1−δ')λ².
///
/// k''(c) = exp(−τ²/(1+c))/(2π√(1−c²)) diverges at c = ±1, where x does not fluctuate: 0 there.
struct PairKernel {
  PairKernel(const NeuronResponse& response, const NeuronFeatures& features, double degree);

  double value;                     ///< F
  double deficit;                   ///< δ'
  double norm_by_norm = 1;          ///< λ
  double norm_curvature = 0;        ///< η
  double deficit_by_deficit;        ///< L/F
  double deficit_by_norm = 0;       ///< ω
  double deficit_by_deficits = 0;   ///< −k''/F
  double deficit_by_norms = 0;      ///< ξ_ss
  double deficit_by_both = 0;       ///< ξ_sx
  double deficit_by_contrasts = 0;  ///< ξ_aa

  /// ∂H_ab/∂(K_aa, K_ab, K_bb)
  Eigen::Vector3d product_gradient() const;

 private:
  void set_fixed(double tau, const DifferenceMoments& m, double degree, double joint);

  double delta_;
};

}  // namespace wideproof::theory
