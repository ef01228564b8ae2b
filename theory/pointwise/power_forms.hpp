// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/theory/pointwise/gaussian_pair.hpp>

namespace wideproof::theory {

// Closed forms as in smooth_forms.hpp; θ = arccos c.

/// φ = x for x > 0, else ax: κ̇ = (1+a²)/2 − (1−a)²θ/2π, κ = p [(1−a)² sin θ/2π + c κ̇].
struct LeakyReluForm {
  double slope_below;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

/// φ = sgn x, or the step: κ = (2/π) asin c, or ½ − θ/2π; a pair loses θ of θ's factor.
struct JumpForm {
  bool is_odd;  ///< sgn
  double value(const GaussianPair& pair) const;
  double drop(const GaussianPair& pair) const;
};

/// φ = max(x, 0)^n, n ≥ 1: κ = pⁿ I_nn, κ̇ = n² p^{n−1} I_{n−1,n−1}, where I_mn = E[x₊^m y₊^n] of
/// standard normals x, y has, by parts,
///
///   I_mn = (m−1) I_{m−2,n} + c n I_{m−1,n−1}     (m ≥ 2)
///   I_1n = g(0) sⁿ μ_n + c n I_{0,n−1}            (n ≥ 1),  s = sin θ, μ_n = E[x₊ⁿ]
///   I_0n = (n−1) I_{0,n−2} + c g(0) s^{n−1} μ_{n−1},  I_01 = (1+c) g(0)/2,  I_00 = ½ − θ/2π.
struct RectifiedPowerForm {
  std::int64_t order;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

/// φ = xⁿ, or He_n(x)/√n!: κ = Σ_l b_l(q_a) b_l(q_b) c^l over l = n − 2k ≥ 0,
///
///   xⁿ:        b_l = n!/(2^k k! √l!) q^{n/2}               κ̇ = n² κ_{n−1}
///   He_n/√n!:  b_l = √(n!/l!)/(2^k k!) (q−1)^k q^{l/2}     κ̇ = n κ_{n−1}
struct PolynomialForm {
  std::int64_t order;
  bool is_hermite;
  double value(const GaussianPair& pair) const;
  double slope(const GaussianPair& pair) const;
};

}  // namespace wideproof::theory
