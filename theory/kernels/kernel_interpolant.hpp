// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>

#include <wideproof/theory/kernels/octave_polynomials.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// Fast k_τ(c) on [−1, 1], and k_τ(1) − k_τ(1−δ), with computed error bounds.
///
/// In s = √(1−|c|) the kernel has no (1−c)^{3/2} singularity. For each sign of c OctavePolynomials
/// stand, for c < 0, for k itself, for c ≥ 0 for
///
///   R(s) = (k(1) − k(1−s²))/s² = 2∫₀¹ x L(1−s²x²) dx,
///
/// analytic in |s| < √2, so that k = k(1) − s²R and what a pair of δ = s² loses, δR, is right to a
/// relative error. For c < 0 the bottom piece takes the tangent at c = −1. docs/theory.md derives
/// the bounds.
class KernelInterpolant {
 public:
  static constexpr int max_degree = OctavePolynomials::max_degree;

  /// `degree` from 1 to max_degree; lower ones let tests show that the bound holds.
  explicit KernelInterpolant(const ThresholdedReluKernel& kernel, int degree = max_degree);

  /// k_τ(c), to error_bound(); |c| beyond 1 is taken as 1, NaN gives NaN.
  double operator()(double c) const {
    const double square = std::max(1 - std::abs(c), 0.0);
    const double value = polynomial(square, c < 0);
    return c < 0 ? value : at_one_ - square * value;
  }

  /// k_τ(1) − k_τ(1−δ), δ ∈ [0, 2]: to drop_error_bound(), relatively, up to δ = 1, and to
  /// error_bound() beyond.
  double drop(double delta) const {
    const bool is_opposite = delta > 1;
    const double square = is_opposite ? 2 - delta : delta;
    const double value = polynomial(square, is_opposite);
    return is_opposite ? at_one_ - value : square * value;
  }

  /// Bound on |operator()(c) − k_τ(c)| over all of [−1, 1].
  double error_bound() const { return error_bound_; }
  /// Bound on drop()'s relative error over δ ∈ [0, 1].
  double drop_error_bound() const { return drop_error_bound_; }

 private:
  double polynomial(double square, bool is_opposite) const {
    return (is_opposite ? opposite_ : aligned_)(std::sqrt(square));
  }

  OctavePolynomials aligned_;   ///< R, c ≥ 0
  OctavePolynomials opposite_;  ///< k, c < 0
  double at_one_;
  double error_bound_ = 0.0;
  double drop_error_bound_ = 0.0;
};

}  // namespace wideproof::theory
