// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::theory {

/// Eigenvalues of a kernel over a pool of N points, and what is needed of the targets,
///
///   K/N = Σ_ρ η_ρ Φ_ρ Φ_ρᵀ,  v_ρ = Φ_ρᵀ Y/√N,  u(s) = Σ_ρ [s/(s+η_ρ)]² v_ρ²  (mean over outputs),
///
/// without an eigenvector: Σ_ρ v_ρ²/(s+η_ρ)² = ‖(s + K/N)⁻¹ Y‖²/N, and an orthogonal Q takes K/N to
/// a band matrix T and Y to QᵀY (reduce_to_band()), where solving costs next to nothing.
///
/// η is exact to N·2⁻⁵² η_1, the bound on LAPACK's backward error; eigenvalues no larger than this
/// resolution() in magnitude count as 0.
class KernelSpectrum {
 public:
  /// `kernel`: K, N × N, its lower triangle is read; move it in, it is used up. `targets`: Y,
  /// N × outputs. Throws InputError naming kernel (not square, not finite, or with an eigenvalue of
  /// K/N below −1e-8 of the mean diagonal entry, ten times what errors of KernelInterpolant can do
  /// at the smallest active fraction) or targets.
  KernelSpectrum(Eigen::MatrixXd kernel, const Eigen::MatrixXd& targets);

  Eigen::Index points() const { return band_.cols(); }                 ///< N
  const Eigen::VectorXd& eigenvalues() const { return eigenvalues_; }  ///< η, descending, ≥ 0
  Eigen::Index rank() const { return rank_; }                          ///< #{ρ : η_ρ > 0}
  double resolution() const { return resolution_; }
  double target_power() const { return target_power_; }  ///< Σ_ρ v_ρ² = ‖Y‖²/(N · outputs)

  /// u(s): the targets' power that ridge regression on the whole pool leaves at a ridge of N·s. An
  /// s up to resolution() gives the power of the modes with η = 0: it is raised to the geometric
  /// mean of resolution() and the least η > 0.
  double unexplained(double s) const;

 private:
  Eigen::MatrixXd band_;
  Eigen::MatrixXd rotated_targets_;
  Eigen::VectorXd eigenvalues_;
  Eigen::Index rank_ = 0;
  double resolution_ = 0.0;
  double target_power_ = 0.0;
};

/// (Σx)²/Σx², how many entries carry the sum; 0 where all are 0.
double participation_ratio(const Eigen::VectorXd& values);

}  // namespace wideproof::theory
