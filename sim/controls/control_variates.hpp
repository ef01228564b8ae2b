// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <Eigen/Core>

#include <wideproof/sim/controls/layer_companion.hpp>
#include <wideproof/sim/controls/mean_gram.hpp>
#include <wideproof/sim/controls/pair_sum.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/layers/layer_summary.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::sim {

/// What a law's control variates are made of, for ReLUs with and without a threshold; shared by
/// the networks of one width.
///
/// Given its kernel K^l, a layer is Gaussian, so that sums over it under the thresholds
/// t̃_a = τ √K_aa have means that are known at any width:
///
///   E[(1/n) Σ z̃_a z̃_b] = √(K_aa K_bb) k(c_ab),   E[(1/n) Σ 1(h_a > t̃_a)] = f,   E[(1/n) Σ h_a²] =
///   K_aa
///
/// (PairSum has the first with the presynaptic filter as well). The layer's own thresholds move, to
/// first order, by δ_a = (t_a² − t̃_a²)/(2 t̃_a) for `std` (its mean is zero since t² is τ² (1/n) Σ
/// h²) and √K_aa (f̂_a − f)/φ(τ) for `quantile` (Bahadur 1966). So
///
///   d^l = G̃ − E[G̃ | K^l] + response(δ)
///
/// has mean zero given the layers before, and follows the fluctuation of the layer's Gram. Later
/// layers answer to it through the derivative D of the mean's recursion, taken at E[G^l | K^l]: it
/// depends on the layers before l alone, so that
///
///   ε^L = Σ_{l ≤ L} D_{L←l} d^l
///
/// has mean zero exactly, whatever the coefficients are, and G^L − ε^L has the mean of G^L.
class ControlVariates {
 public:
  /// `pair_means`: those of the law's τ.
  ControlVariates(SampledLaw law, std::shared_ptr<const GaussianPairTable> pair_means,
                  const LateralConvolver& presynaptic, const LateralConvolver& postsynaptic,
                  std::int64_t width);

  /// What all widths of a law share: it takes tens of milliseconds to integrate.
  static std::shared_ptr<const GaussianPairTable> pair_means_of(const SampledLaw& law);

 private:
  friend class NetworkControls;

  /// √K∞ of a layer's fixed thresholds; 0 for other rules.
  double fixed_norm(std::int64_t layer) const;
  MeanGram own_gram(const KernelPoint& at, std::int64_t layer) const;
  /// Of F_Bᵀz; `own`: own_gram() there.
  MeanGram sent_gram(const KernelPoint& at, std::int64_t layer, const MeanGram& own) const;
  /// δ
  Eigen::ArrayXd threshold_shift(const KernelPoint& at, const LayerCompanion& companion) const;
  /// Of what a layer sends to the next one.
  Eigen::MatrixXd next_kernel(const Eigen::MatrixXd& presynaptic_gram) const;

  SampledLaw law_;
  std::shared_ptr<const GaussianPairTable> table_;
  PairSum own_;
  PairSum sent_;
  bool sends_own_;  ///< whether there is no filter between
};

/// ε of one network, layer by layer.
class NetworkControls {
 public:
  explicit NetworkControls(const ControlVariates& variates) : variates_(variates) {}

  /// Sets the controls of `summary`, the next layer's; `kernel` is the one it was drawn with.
  void add_to(LayerSummary& summary, const Eigen::MatrixXd& kernel,
              const LayerCompanion& companion);

 private:
  /// One layer's fluctuation on its way through those that follow.
  struct Path {
    Eigen::MatrixXd kernel;     ///< the mean recursion from E[G^l | K^l]
    Eigen::MatrixXd direction;  ///< D d^l
  };

  const ControlVariates& variates_;
  std::vector<Path> paths_;
};

}  // namespace wideproof::sim
