// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/theory/pointwise/gaussian_pair.hpp>

namespace wideproof::theory {

// Closed forms of E[φ(u)φ(v)] and E[φ'(u)φ'(v)]. Throughout r is the covariance, p² = q_a q_b, and
// p² − r² = p² lack excess, so that nothing cancels near c = ±1.

/// φ = x Φ(x): with P = (1+q_a)(1+q_b), Δ² = P − r²,
///
///   κ = r/4 + [r atan(r/Δ) + (r² + p²Δ²)/(PΔ)]/2π
///   κ̇ = 1/4 + [atan(r/Δ) + (r/Δ)(1/Δ² + (2+q_a+q_b)/P)]/2π
struct GeluForm {
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

/// φ = sin(bx) or cos(bx): κ = ½ [e^{−b² d} ∓ e^{−b² s}], d and s half the variances of u ∓ v, and
/// κ̇ = ½ b² [e^{−b² d} ± e^{−b² s}].
struct WaveForm {
  double frequency;
  bool is_odd;  ///< sin
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
  double positive_fraction(double variance) const;
};

/// φ = √2 sin(√(2b) x + π/4): κ = e^{−2bd}, κ̇ = 2bκ.
struct RbfForm {
  double rate;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const { return 2 * rate * value(pair); }
  double positive_fraction(double variance) const;
};

/// φ = e^{bx}: κ = e^{b² s}, κ̇ = b²κ.
struct ExpForm {
  double rate;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const { return rate * rate * value(pair); }
};

/// φ = e^{−bx²}: D = 1 + 2b(q_a+q_b) + 4b²(p²−r²), κ = D^{−1/2}, κ̇ = 4b² r D^{−3/2}.
struct GaussForm {
  double rate;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

/// φ = e^{−x²} sin x: with D of GaussForm at b = 1, m = (d + 2(p²−r²))/D and n = (s + 2(p²−r²))/D,
///
///   κ = ½ D^{−1/2} (e^{−m} − e^{−n})
///   κ̇ = ∂κ/∂r = ½ D^{−3/2} [e^{−m} (1 + 8r(1−m)) + e^{−n} (1 − 8r(1−n))]
struct GaborForm {
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

/// φ = ½ + ½ erf(bx): κ = ¼ + asin(2b²r/D)/2π, D² = (1+2b²q_a)(1+2b²q_b), and
/// κ̇ = b²/(π √(D² − 4b⁴r²)).
struct SigmoidLikeForm {
  static constexpr double rate = 1 / 2.4020563531719796;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

}  // namespace wideproof::theory
