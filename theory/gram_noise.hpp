// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/theory/long_run_covariance.hpp>
#include <wideproof/theory/neuron_features.hpp>

namespace wideproof::theory {

/// What a layer of n neurons adds to the Gram's fluctuation, given its kernel of unit variances and
/// correlation c: lim n·Cov of the entries (aa), (ab), (bb) of
///
///   Ĝ = (1/n) Σ_i φ(i)φ(i)ᵀ          and        Ĝ^B = (1/n) Σ_ij B(i−j) φ(i)φ(j)ᵀ.
///
/// Both are, to first order, averages of an influence ψ of each neuron (von Mises 1947):
///
///   ψ_ab   = φ_aφ_b − M_τ(c) [IF(u_a) + IF(u_b)]
///   ψ^B_ab = ψ_ab + mμ(φ_a + φ_b) − mfμ [IF(u_a) + IF(u_b)],     less their means.
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
  /// Not both filters of `network` may be there. `evaluations`: how often gram() and next() will
  /// be called, about; a long-run covariance is interpolated when that is many times.
  GramNoise(const model::Network& network, const NeuronResponse& response,
            std::ptrdiff_t evaluations);

  Eigen::Matrix3d gram(double c) const;  ///< lim n·Cov of Ĝ's entries
  Eigen::Matrix3d next(double c) const;  ///< the same of Ĝ^B; that of Ĝ where B = δ

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

/// Coefficients of ψ (of ψ^B with m = `degree`) on the features: 3 × 7, rows PairEntry.
Eigen::Matrix<double, 3, 7> gram_influence(const NeuronResponse& response, double c, double degree);

}  // namespace wideproof::theory
