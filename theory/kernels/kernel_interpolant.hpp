// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

/// Fast k_τ(c) on [−1, 1], and k_τ(1) − k_τ(1−δ), with computed error bounds.
///
/// In s = √(1−|c|) the kernel has no (1−c)^{3/2} singularity. For each sign of c, [2⁻¹⁴, 1] is cut
/// into binary octaves of s and these into 16 equal pieces, so that the leading bits of s are the
/// piece's index. A piece holds the polynomial of degree `degree` in t ∈ [−1, 1] that interpolates
/// at Chebyshev points: for c < 0 of k itself, for c ≥ 0 of
///
///   R(s) = (k(1) − k(1−s²))/s² = 2∫₀¹ x L(1−s²x²) dx,
///
/// analytic in |s| < √2, so that k = k(1) − s²R and what a pair of δ = s² loses, δR, is right to a
/// relative error. [0, 2⁻¹⁴] is one more piece; for c < 0 it takes the tangent at c = −1.
///
/// A piece's error is the sum of
///   truncation  4Mρ^{−N}/(ρ−1), where M bounds |R − R(s₀)|, or |k − k(s₀)|, on a disc around the
///               piece's centre s₀ that holds the Bernstein ellipse ρ (Trefethen, Approximation
///               Theory, theorem 8.2);
///   sampling    Lebesgue constant × (ThresholdedReluKernel::drop_accuracy R, or accuracy, +
///               rounding of the nodes);
///   rounding    of the coefficients, of s and of Horner's rule.
/// docs/theory.md derives M.
class KernelInterpolant {
 public:
  static constexpr int max_degree = 8;

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
  struct Piece {
    double centre;
    double inverse_half_width;
    double coefficient[max_degree + 1];
  };

  static constexpr int octaves = 14;
  static constexpr int pieces_per_octave = 16;
  static constexpr int mantissa_bits_left = 48;  ///< 52 less log2(pieces_per_octave)
  static constexpr std::int64_t pieces = octaves * pieces_per_octave + 1;
  /// Leading bits of the largest double below 2⁻¹⁴, which fall to piece 0.
  static constexpr std::int64_t lowest_bits = (std::int64_t{1023 - octaves} << 4) - 1;

  struct Fit;

  double polynomial(double square, bool is_opposite) const {
    const double s = std::sqrt(square);
    const std::int64_t leading_bits = std::bit_cast<std::int64_t>(s) >> mantissa_bits_left;
    const std::int64_t piece = std::clamp<std::int64_t>(leading_bits - lowest_bits, 0, pieces - 1);
    const Piece& p = pieces_[static_cast<std::size_t>(piece + (is_opposite ? pieces : 0))];
    const double t = (s - p.centre) * p.inverse_half_width;
    double value = p.coefficient[max_degree];
    for (int power = max_degree - 1; power >= 0; --power) value = value * t + p.coefficient[power];
    return value;
  }

  std::vector<Piece> pieces_;  ///< c ≥ 0, then c < 0; s ascending
  double at_one_;
  double error_bound_ = 0.0;
  double drop_error_bound_ = 0.0;
};

}  // namespace wideproof::theory
