// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/sim/controls/pair_sum.hpp>

namespace wideproof::sim {

/// A kernel K (P × P) as norms s_a = √K_aa and correlations c_ab = K_ab/(s_a s_b), 0 where a norm
/// is.
struct KernelPoint {
  explicit KernelPoint(const Eigen::MatrixXd& kernel);

  Eigen::ArrayXd norm;
  Eigen::ArrayXd inverse_norm;  ///< 0 for 0
  Eigen::ArrayXXd correlation;
};

/// The mean of a layer's Gram where its neurons are N(0, K) and its thresholds t_a, and how it
/// answers to a change of them: to first order about t̃_a = τ s_a, where PairSum knows it,
///
///   at_own_thresholds   E_ab = s_a s_b k_ab                          t_a = t̃_a
///   response            −s_b M_ab δ_a − s_a M_ab δ_b                 t_a = t̃_a + δ_a
///   mean                G_ab = E_ab exp(e_ab (x_a + x_b))            t_a = s_a (τ − x_a)
///   tangent             dG of dK, thresholds following the rule
///
/// with e = M/k, bounded. x = 0 for thresholds that grow with the norm; a threshold that is fixed
/// at τ s∞ has x_a = τ (1 − s∞/s_a), dx_a = τ s∞ ds_a/s_a². `mean` and `tangent` then are first
/// order in x, which is all that control variates ask of them.
class MeanGram {
 public:
  MeanGram(const KernelPoint& at, const PairSum& pairs);

  Eigen::MatrixXd at_own_thresholds() const;
  Eigen::MatrixXd response(const Eigen::ArrayXd& shift) const;

  /// `fixed_norm`: s∞ where thresholds are fixed, else 0.
  void set_thresholds(double tau, double fixed_norm);
  Eigen::MatrixXd mean() const;
  /// `direction`: dK, symmetric.
  Eigen::MatrixXd tangent(const Eigen::MatrixXd& direction) const;

 private:
  const KernelPoint& at_;
  Eigen::ArrayXXd norms_;  ///< s_a s_b
  Eigen::ArrayXXd product_, slope_, gated_;
  Eigen::ArrayXXd elasticity_;     ///< e; 0 × 0 where thresholds grow with the norm
  Eigen::ArrayXd excess_;          ///< x
  Eigen::ArrayXd excess_of_norm_;  ///< dx_a/ds_a
};

/// The change of a Gram's correlations G_ab/√(G_aa G_bb) with the Gram, to first order.
Eigen::MatrixXd correlation_tangent(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& direction);

}  // namespace wideproof::sim
