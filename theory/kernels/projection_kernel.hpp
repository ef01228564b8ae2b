// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// The σ* for which thresholds and kernels of projections are computed: nearer to 0 activations are
/// all but alike. The largest has an active fraction of model::least_active_fraction on each side.
inline constexpr double least_projected_sparseness = 1e-3;

/// 1 − √(2/π): the sparseness of the magnitudes of infinitely many standard normals, below which a
/// signed projection keeps every one of them.
double sparseness_of_magnitudes();

/// The threshold that a sparseness-enforcing projection of infinitely many independent standard
/// normals comes to: p = β (u − α)₊ with
///
///   E(u−α)₊/√(E(u−α)₊²) = μ(α)/√k_α(1) = 1 − σ*
///
/// and, of a signed one, β sgn(u) (|u| − α)₊ with √2 μ(α)/√k_α(1) = 1 − σ* where σ* is above
/// sparseness_of_magnitudes(). Below it α is negative, no neuron falls silent, and with a = −α
///
///   (√(2/π) + a)/√(1 + 2a√(2/π) + a²) = 1 − σ*.
///
/// A layer of n has ‖p‖₁/‖p‖₂ = √n (1 − σ*), Hoyer's sparseness σ* √n/(√n − 1) (Thom & Palm 2013;
/// their π of a wide random layer is a thresholded ReLU). Throws InputError naming
/// network.sparseness where σ* is out of bounds.
double projection_threshold(double sparseness, bool is_signed);

/// E[z z'] of a projected layer of norm √n, with c the correlation of u and v:
///
///   k_α(c)/k_α(1),     signed [k_α(c) − k_α(−c)]/k_α(1),  k_α(−1) being 0 for α ≥ 0,
///
/// whatever the variances.
class ProjectionKernel final : public DualKernel {
 public:
  /// `sparseness`: beyond sparseness_of_magnitudes() where signed. Throws as projection_threshold()
  /// does.
  ProjectionKernel(double sparseness, bool is_signed)
      : kernel_(projection_threshold(sparseness, is_signed)), is_signed_(is_signed) {}

  double operator()(double qa, double qb, double covariance) const override;
  double drop(double q, double scaling, double delta) const override;
  /// Q(α), or 2Q(α) of a signed one.
  double active_fraction() const override;

 private:
  /// k_α(−A(1−δ)) − k_α(−A).
  double rise(double scaling, double delta) const;

  ThresholdedReluKernel kernel_;
  bool is_signed_;
};

/// The same of a signed projection that leaves no neuron silent, z ∝ u + a sgn(u):
///
///   [(1 + 2a√(2/π)) c + a² (2/π) asin c]/(1 + 2a√(2/π) + a²).
class ShiftedSignKernel final : public DualKernel {
 public:
  /// `shift`: a ≥ 0.
  explicit ShiftedSignKernel(double shift);

  double operator()(double qa, double qb, double covariance) const override;
  double drop(double q, double scaling, double delta) const override;
  double active_fraction() const override { return 1; }

 private:
  double of_line_;  ///< weights of c and of (2/π) asin c
  double of_sign_;
};

/// Whichever of the two a network has. Throws as projection_threshold() does.
std::unique_ptr<DualKernel> make_projection_kernel(double sparseness, bool is_signed);

}  // namespace wideproof::theory
