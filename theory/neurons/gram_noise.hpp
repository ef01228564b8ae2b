// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/theory/neurons/long_run_covariance.hpp>
#include <wideproof/theory/neurons/neuron_features.hpp>
#include <wideproof/theory/neurons/pair_covariance.hpp>

namespace wideproof::theory {

/// What a layer of n neurons adds to the Gram's fluctuation, given its kernel of unit variances and
/// correlation 1 − δ: lim n·Cov of the entries (aa), (ab), (bb) of
///
///   Ĝ = (1/n) Σ_i φ(i)φ(i)ᵀ          and        Ĝ^B = (1/n) Σ_ij B(i−j) φ(i)φ(j)ᵀ.
///
/// Both are, to first order, averages of an influence ψ of each neuron (von Mises 1947):
///
///   ψ_ab   = φ_aφ_b − M_τ(c) [IF(u_a) + IF(u_b)]
///   ψ^B_ab = ψ_ab + mμ(φ_a + φ_b) − mfμ [IF(u_a) + IF(u_b)],     less their means.
///
/// In the coordinates of PairCovariance, with Δ = φ_a − φ_b and w = (1/2, mμ, −μ(1+mf)) on the
/// features (φ², φ, IF),
///
///   ψ_s = w·(x_a + x_b),   ψ_a = w·(x_a − x_b),   ψ_d = Δ²/2 − (μ−M) [IF(u_a) + IF(u_b)].
///
/// With independent neurons (A = δ) the covariance is that of ψ, and for Ĝ^B the degenerate part of
/// its double sum comes on top,
///
///   Σ_{γ≠0} B(γ)² [Cov(φ_a,φ_c) Cov(φ_b,φ_d) + Cov(φ_a,φ_d) Cov(φ_b,φ_c)]   for entries ab and cd
///
/// (it vanishes for a uniform B, whose ΣB² is m²/n). With A ≠ δ and B = δ it is the long-run
/// covariance Σ_δ Cov(ψ(0), ψ(δ)): LongRunCovariance.
class GramNoise {
 public:
  /// `network` has one filter at most. `evaluations`: about how often gram() and next() will be
  /// called; if that is many times, a long-run covariance is interpolated.
  GramNoise(const model::Network& network, const NeuronResponse& response,
            std::ptrdiff_t evaluations);

  PairCovariance gram(const NeuronFeatures& features) const;  ///< lim n·Cov of Ĝ's entries
  /// The same of Ĝ^B; that of Ĝ where B = δ.
  PairCovariance next(const NeuronFeatures& features) const;

  /// κ = lim n·Var(Ĝ_aa)/G_aa² of one layer of independent neurons without lateral filters.
  double plain_relative_variance() const;
  double gram_relative_variance() const;  ///< with the filter A
  double next_relative_variance() const;  ///< of Ĝ^B, with whichever filter there is

 private:
  NeuronResponse response_;
  double degree_;                                ///< m
  double squared_others_;                        ///< Σ_{γ≠0} B(γ)²
  std::unique_ptr<LongRunCovariance> long_run_;  ///< null where A = δ
};

/// Covariance of ψ, of ψ^B with m = `degree`, without the degenerate part.
PairCovariance influence_covariance(const NeuronFeatures& features, double degree);

}  // namespace wideproof::theory
