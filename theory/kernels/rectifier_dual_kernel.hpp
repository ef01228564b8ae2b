// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/kernel_interpolant.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// √(q_a q_b) k_τ(c): the thresholded ReLU, and the ReLU at τ = 0.
///
/// Matrices with more than `exact_evaluations` kernel values off the diagonal go through
/// KernelInterpolant (error at most 1e-12 √(q_a q_b) for each unit of Σ|B|); diagonals never do, so
/// that a critical network keeps q = 1.
///
/// So do their drops. For A = 1 the relative error is at most
/// KernelInterpolant::drop_error_bound(). For A < 1 and δ > 0.01 a term is the difference of two
/// such drops, off by at most 2 (1 + (1−A)/δ) drop_error_bound() times the drop at A = 1, for each
/// unit of weight. For smaller δ it is as good as exact: a polynomial of its own for |A| ≤ 0.8,
/// ThresholdedReluKernel::drop for larger ones.
class RectifierDualKernel final : public DualKernel {
 public:
  /// About four times the kernel values that building an interpolant takes.
  static constexpr Eigen::Index exact_evaluations = 16384;

  explicit RectifierDualKernel(const ThresholdedReluKernel& kernel) : kernel_(kernel) {}

  double operator()(double qa, double qb, double covariance) const override;
  Eigen::MatrixXd gram(const Eigen::MatrixXd& covariance) const override;
  Eigen::MatrixXd lateral_gram(const Eigen::MatrixXd& covariance,
                               const LateralSum& sum) const override;
  EntryMap entry_map(double q, const std::vector<LateralTerm>& terms,
                     Eigen::Index entries) const override;
  double drop(double q, double scaling, double delta) const override {
    return q * kernel_.drop(scaling, delta);
  }
  EntryMap drop_map(double q, const std::vector<LateralTerm>& terms,
                    Eigen::Index entries) const override;
  double active_fraction() const override { return kernel_.active_fraction(); }

 private:
  Eigen::MatrixXd weighted_gram(const Eigen::MatrixXd& covariance,
                                const std::vector<LateralTerm>& terms) const;
  /// Built when first asked for, by one thread while others wait.
  const KernelInterpolant& interpolant() const;

  ThresholdedReluKernel kernel_;
  mutable std::once_flag built_;
  mutable std::optional<KernelInterpolant> interpolant_;
};

}  // namespace wideproof::theory
