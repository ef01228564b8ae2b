// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include <wideproof/theory/kernels/octave_polynomials.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// Which end of [−1, 1] s = √(1−|c|) is counted from: 1 for c ≥ 0, −1 for c < 0.
enum class Side { aligned, opposite };

/// Bound on |dL/ds| = exp(−τ²/(1+c)) / (π√(2−s²)) on the disc |s − s0| ≤ radius, infinity where
/// there is none. For c ≥ 0 it holds on all of |s| ≤ s0 + radius.
double derivative_slope_bound(const ThresholdedReluKernel& kernel, Side side, double s0,
                              double radius);

/// Fast L_τ = k'_τ on [−1, 1] with computed error bounds. It is asked by deficit, δ = 1 − c, since
/// it falls from c = 1 like √δ.
///
/// For each sign of c OctavePolynomials in s = √(1−|c|) stand, for c < 0, for L itself, for c ≥ 0
/// for
///
///   N(s) = (L(1) − L(1−s²))/s = (1/π) ∫₀¹ exp(−τ²/(2−s²x²)) / √(2−s²x²) dx,
///
/// analytic in |s| < √2, so that L = f − sN, and what a pair loses, sN, is right to a relative
/// error. Beyond c = −1 + 2⁻²⁸, where an essential singularity of a small τ may hide, it is the
/// exact kernel. docs/theory.md derives the bounds.
class DerivativeInterpolant {
 public:
  static constexpr int max_degree = OctavePolynomials::max_degree;

  /// `degree` from 1 to max_degree; lower ones let tests show that the bound holds.
  explicit DerivativeInterpolant(const ThresholdedReluKernel& kernel, int degree = max_degree);

  /// L_τ(1 − δ), δ ∈ [0, 2], to error_bound(); exactly f at δ = 0.
  double of_deficit(double delta) const {
    if (delta > 1) return of_opposite(delta);
    return active_fraction_ - drop(delta);
  }

  /// f − L_τ(1 − δ), δ ∈ [0, 1], to drop_error_bound(), relatively.
  double drop(double delta) const {
    const double s = std::sqrt(delta);
    return s * aligned_(s);
  }

  /// Bound on |of_deficit(δ) − L_τ(1 − δ)| over all of [0, 2].
  double error_bound() const { return error_bound_; }
  /// Bound on drop()'s relative error.
  double drop_error_bound() const { return drop_error_bound_; }

 private:
  double of_opposite(double delta) const {
    const double s = std::sqrt(2 - delta);
    return s >= OctavePolynomials::bottom ? opposite_(s) : kernel_.derivative(1 - delta);
  }

  ThresholdedReluKernel kernel_;
  OctavePolynomials aligned_;   ///< N, c ≥ 0
  OctavePolynomials opposite_;  ///< L, c < 0
  double active_fraction_;
  double error_bound_ = ThresholdedReluKernel::accuracy;
  double drop_error_bound_ = 0.0;
};

}  // namespace wideproof::theory
