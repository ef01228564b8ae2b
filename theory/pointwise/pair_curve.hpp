// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>

#include <wideproof/theory/pointwise/chebyshev_piece.hpp>
#include <wideproof/theory/pointwise/pair_mean.hpp>

namespace wideproof::theory {

/// A function of s ∈ [0, 1] by Chebyshev polynomials of degree 28 on binary octaves, each built
/// when it is first asked for, down to 2⁻³⁰; below that a cubic in s.
class OctaveCurve {
 public:
  static constexpr int octaves = 30;
  static constexpr int points = 29;

  using Cubic = std::array<double, 4>;

  OctaveCurve(std::function<ChebyshevPiece(double low, double high)> piece,
              std::function<Cubic(double end)> bottom);

  double operator()(double s) const;
  /// Value at s + length less that at s, length ≥ 0.
  double rise(double s, double length) const;

 private:
  /// 0 for [½, 1], … `octaves` for the bottom.
  static int octave_of(double s);
  const ChebyshevPiece& piece(int octave) const;
  const Cubic& bottom() const;
  double rise_within(int octave, double s, double length) const;

  std::function<ChebyshevPiece(double, double)> build_piece_;
  std::function<Cubic(double)> build_bottom_;
  mutable std::array<std::once_flag, octaves + 1> built_;
  mutable std::array<ChebyshevPiece, octaves> pieces_;
  mutable Cubic bottom_{};
};

/// The means of pairs of one variance q as functions of what c lacks of 1, fast.
///
/// κ(c) = Σ a_r² c^r is analytic in |c| < 1 and |κ(c)| ≤ κ(1) there, for any φ; likewise κ̇ =
/// E[φ'φ']. With c = ±(1 − s²), |c| ≤ 1 is |1 − s²| ≤ 1, which holds an ellipse ρ ≥ 3.9 about each
/// octave [2^{−j−1}, 2^{−j}]. So a polynomial of degree 28 misses at most `truncation` κ(1),
/// whatever φ is (Trefethen, Approximation Theory, theorem 8.2); of a pair's drop D = κ(1) − κ(c)
/// at most 11 times `truncation` D: docs/theory.md has the argument.
///
/// D is interpolated so for s ≥ 1/8, and where φ jumps; below, it is PairMean::drop at the octave's
/// end and the integral of κ̇'s polynomial. So is κ for c < 0.
class PairCurve {
 public:
  /// 4 ρ^{−28}/(ρ − 1) at ρ = 3.9.
  static constexpr double truncation = 5e-17;

  PairCurve(std::shared_ptr<const PairMean> mean, double q);

  /// κ(1 − lack), lack in [0, 2].
  double value(double lack) const;
  /// κ(1) − κ(1 − lack), to a relative precision for lack ≤ 1.
  double drop(double lack) const;
  /// κ̇(1 − lack)
  double slope(double lack) const;
  /// κ(A) − κ(A (1 − δ)), A = `scaling` ∈ [−1, 1], δ ∈ [0, 2], without cancellation: to some 1e-12
  /// of the same at A = 1. Where φ jumps and A is within δ of −1, to 1e-15 κ(1).
  double fall(double scaling, double delta) const;

  double at_one() const { return at_one_; }

 private:
  GaussianPair aligned(double s) const { return {q_, q_, s * s, 2 - s * s}; }
  GaussianPair opposite(double s) const { return {q_, q_, 2 - s * s, s * s}; }
  ChebyshevPiece drop_piece(double low, double high) const;
  OctaveCurve::Cubic drop_bottom(double end) const;
  ChebyshevPiece opposite_piece(double low, double high) const;
  OctaveCurve::Cubic opposite_bottom(double end) const;

  std::shared_ptr<const PairMean> mean_;
  double q_;
  double at_one_;
  OctaveCurve slope_, opposite_slope_, drop_, opposite_;
};

}  // namespace wideproof::theory
