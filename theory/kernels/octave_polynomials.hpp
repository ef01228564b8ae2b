// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace wideproof::theory {

/// A function of s ∈ [0, 1], analytic around each piece, and what bounds the error of interpolating
/// it.
class AnalyticFunction {
 public:
  virtual ~AnalyticFunction() = default;

  virtual double value(double s) const = 0;
  /// Bound on the error of value(), where it is `value`.
  virtual double sampling_error(double value) const = 0;
  /// The largest radius of a disc around s0 that variation_bound() is asked for.
  virtual double largest_radius(double s0) const = 0;
  /// Bound on |value(s) − value(s0)| on the disc |s − s0| ≤ radius.
  virtual double variation_bound(double s0, double radius) const = 0;
  /// What the rounding of a node, and a relative error of 4 roundings in s, |s − s0| ≤ h, move
  /// value() by.
  virtual double rounding_of_nodes(double s0, double h) const = 0;
  virtual double rounding_of_s(double s0, double h) const = 0;
};

/// Piecewise polynomials in s on [0, 1] with computed error bounds.
///
/// [2⁻¹⁴, 1] is cut into binary octaves and these into 16 equal pieces, so that the leading bits of
/// s are the piece's index; [0, 2⁻¹⁴] is one more piece. A piece holds the polynomial of degree
/// `degree` in t ∈ [−1, 1] that interpolates at Chebyshev points. Its error is the sum of
///   truncation  4Mρ^{−N}/(ρ−1), where M bounds |value − value(s₀)| on a disc around the piece's
///               centre s₀ that holds the Bernstein ellipse ρ (Trefethen, Approximation Theory,
///               theorem 8.2);
///   sampling    Lebesgue constant × (error of the values + rounding of the nodes);
///   rounding    of the coefficients, of s and of Horner's rule.
class OctavePolynomials {
 public:
  static constexpr int max_degree = 8;
  /// Where the octaves start.
  static constexpr double bottom = 0x1p-14;

  struct Piece {
    double centre;
    double inverse_half_width;
    double coefficient[max_degree + 1];
  };

  /// The polynomial of one piece [centre − h, centre + h] and its error bound.
  struct Fit {
    Piece piece{};
    double centre = 0.0;
    double half_width = 0.0;
    double error = 0.0;

    /// Chebyshev interpolation.
    Fit(const AnalyticFunction& function, double s0, double h, int degree);
    /// The piece [0, bottom] from coefficients of powers of t, and what they miss.
    Fit(const Piece& given, double missed);
  };

  OctavePolynomials() = default;

  /// The bottom piece first, then ascending.
  void add(const Fit& fit) { pieces_.push_back(fit.piece); }

  /// Calls add(Fit) for each piece of [bottom, 1], ascending.
  template <class Add>
  static void for_each_octave_fit(const AnalyticFunction& function, int degree, const Add& add) {
    for (int octave = octaves; octave > 0; --octave) {
      const double start = std::ldexp(1.0, -octave);
      const double half_width = start / (2 * pieces_per_octave);
      for (int i = 0; i < pieces_per_octave; ++i) {
        add(Fit(function, start + (2 * i + 1) * half_width, half_width, degree));
      }
    }
  }

  /// Of s ∈ [0, 1]; NaN gives NaN.
  double operator()(double s) const {
    const std::int64_t leading_bits = std::bit_cast<std::int64_t>(s) >> mantissa_bits_left;
    const std::int64_t piece = std::clamp<std::int64_t>(leading_bits - lowest_bits, 0, pieces - 1);
    const Piece& p = pieces_[static_cast<std::size_t>(piece)];
    const double t = (s - p.centre) * p.inverse_half_width;
    double value = p.coefficient[max_degree];
    for (int power = max_degree - 1; power >= 0; --power) value = value * t + p.coefficient[power];
    return value;
  }

 private:
  static constexpr int octaves = 14;
  static constexpr int pieces_per_octave = 16;
  static constexpr int mantissa_bits_left = 48;  ///< 52 less log2(pieces_per_octave)
  static constexpr std::int64_t pieces = octaves * pieces_per_octave + 1;
  /// Leading bits of the largest double below 2⁻¹⁴, which fall to piece 0.
  static constexpr std::int64_t lowest_bits = (std::int64_t{1023 - octaves} << 4) - 1;

  std::vector<Piece> pieces_;
};

}  // namespace wideproof::theory
