// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::theory {

/// Dual kernel of the thresholded ReLU at unit variance: for standard normals u, v of correlation
/// c,
///
///   k_τ(c) = E[(u−τ)₊(v−τ)₊]
///          = (c+τ²) L_τ(c) − 2τ g(τ) Q(τa) + √(1−c²)/(2π) · exp(−τ²/(1+c)),   a = √((1−c)/(1+c))
///   L_τ(c) = P(u>τ, v>τ) = Q(τ) − 2T(τ, a) = k'_τ(c),   T being Owen's function
///   M_τ(c) = E[1(u>τ)(v−τ)₊] = (1+c) g(τ) Q(τa) − τ L_τ(c)
///
/// τ = 0 is the arc-cosine kernel of order 1 (Cho & Saul 2009). Arguments that rounding has put
/// beyond ±1 are taken as ±1.
class ThresholdedReluKernel {
 public:
  /// Absolute error of operator() and derivative() for active fractions that tau_of() takes, on all
  /// of [−1, 1]; the tests compare with 40-digit quadrature.
  static constexpr double accuracy = 1e-13;

  /// Throws InputError naming tau unless it is finite.
  explicit ThresholdedReluKernel(double tau);

  /// τ with Q(τ) = f: see tau_of().
  static ThresholdedReluKernel from_active_fraction(double active_fraction);

  double tau() const { return tau_; }
  double active_fraction() const { return active_fraction_; }  ///< f = Q(τ)
  double mean() const { return mean_; }             ///< μ = E[(u−τ)₊] = g(τ) − τf
  double at_zero() const { return mean_ * mean_; }  ///< k_τ(0) = μ²
  double at_one() const { return at_one_; }         ///< k_τ(1) = (1+τ²)f − τg(τ)

  /// Error of drop() and derivative_drop() over their value at A = 1, for the same fractions and
  /// all A and δ in [0, 1]; the tests compare with 50-digit quadrature.
  static constexpr double drop_accuracy = 2e-14;

  double operator()(double c) const;       ///< k_τ(c)
  double derivative(double c) const;       ///< L_τ(c)
  double step_times_relu(double c) const;  ///< M_τ(c)

  /// k_τ(A) − k_τ(A(1−δ)), A = `scaling` ∈ [−1, 1], δ ∈ [0, 2], without cancellation: the integral
  /// of L between them, which in σ = √(1−c) is one of 2σL and analytic at c = 1, or the
  /// difference itself where δ > 1.
  double drop(double scaling, double delta) const;

  /// L_τ(A) − L_τ(A(1−δ)) likewise: 2T(τ, a) at A = 1, else 2T's integral between two a.
  double derivative_drop(double scaling, double delta) const;

 private:
  /// L_τ(1 − δ), which keeps the digits of a small δ.
  double derivative_short_of_one(double delta) const;

  double tau_;
  double density_;
  double active_fraction_;
  double mean_;
  double at_one_;
};

}  // namespace wideproof::theory
