// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// The threshold that a sparseness-enforcing projection of infinitely many independent standard
/// normals comes to: p = β (u − α)₊ with
///
///   E(u−α)₊/√(E(u−α)₊²) = μ(α)/√k_α(1) = 1 − σ*
///
/// and, of a signed one, β sgn(u) (|u| − α)₊ with √2 μ(α)/√k_α(1) = 1 − σ*, α > 0. A layer of n
/// has ‖p‖₁/‖p‖₂ = √n (1 − σ*), Hoyer's sparseness σ* √n/(√n − 1) (Thom & Palm 2013; their π of
/// a wide random layer is a thresholded ReLU).
///
/// Throws InputError naming network.sparseness where no such α has an active fraction between
/// model::least_active_fraction and model::most_active_fraction: of a signed one up to 1 − √(2/π)
/// every neuron is active.
double projection_threshold(double sparseness, bool is_signed);

/// E[z z'] of a projected layer of norm √n, with c the correlation of u and v:
///
///   k_α(c)/k_α(1),     signed [k_α(c) − k_α(−c)]/k_α(1),  k_α(−1) being 0,
///
/// whatever the variances.
class ProjectionKernel final : public DualKernel {
 public:
  ProjectionKernel(double sparseness, bool is_signed);

  double alpha() const { return kernel_.tau(); }

  double operator()(double qa, double qb, double covariance) const override;
  double drop(double q, double scaling, double delta) const override;
  /// Q(α), or 2Q(α) of a signed one.
  double active_fraction() const override;

 private:
  ThresholdedReluKernel kernel_;
  bool is_signed_;
};

}  // namespace wideproof::theory
