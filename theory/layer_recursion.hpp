// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/theory/dual_kernel.hpp>
#include <wideproof/theory/lateral_sum.hpp>

namespace wideproof::theory {

/// One step of the infinite-width kernel from a hidden layer to the next (Chun & Lee 2024):
///
///   K^{l+1}_ab = σ² Σ_γ B(γ) E[φ(u_a)φ(v_b)] + σ_b²,
///
/// u, v of variances K^l_aa, K^l_bb and covariance A(γ) K^l_ab. Matrices are P × P and symmetric;
/// only their upper triangle is read. The critical weight variance keeps K_aa = 1,
///
///   σ*² = (1 − σ_b²) / Σ_γ B(γ) E[φ(u)φ(v)]     (unit variances, covariance A(γ)).
///
/// A postsynaptic correlation without a presynaptic one leaves this limit as it is.
class LayerRecursion {
 public:
  /// Throws InputError naming network.presynaptic.filter when no critical variance exists.
  explicit LayerRecursion(const model::Network& network);

  double weight_variance() const { return weight_variance_; }
  const DualKernel& kernel() const { return *kernel_; }
  const LateralSum& lateral_sum() const { return sum_; }

  /// E[φφ] of the layer, not divided by anything.
  Eigen::MatrixXd raw_gram(const Eigen::MatrixXd& preactivation) const;

  /// K^{l+1} from K^l and its raw_gram(). Throws InputError naming network.weight_variance when a
  /// variance leaves the range of a double.
  Eigen::MatrixXd next_kernel(const Eigen::MatrixXd& preactivation,
                              const Eigen::MatrixXd& raw_gram) const;

  /// Both steps for an input with itself: the diagonal of next_kernel() from a diagonal entry.
  double next_variance(double variance) const;

  double bias_variance() const { return bias_variance_; }

 private:
  /// Throws InputError naming network.weight_variance.
  void require_in_range(bool holds, double from, double to) const;

  LateralSum sum_;
  std::unique_ptr<DualKernel> kernel_;
  double bias_variance_;
  double weight_variance_;
};

/// Throws InputError naming input_cosines unless `cosines` is a square matrix with unit diagonal
/// (to 1e-12) and entries in [−1, 1] in its upper triangle, the only one that is read.
void require_cosines(const Eigen::MatrixXd& cosines);

/// The infinite-width limit of every hidden layer, from the P × P cosines of the inputs.
///
/// Throws as require_cosines() and LayerRecursion do.
model::Prediction predict(const model::Network& network, const Eigen::MatrixXd& input_cosines);

}  // namespace wideproof::theory
