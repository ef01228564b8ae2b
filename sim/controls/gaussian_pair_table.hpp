// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <vector>

namespace wideproof::sim {

/// Means over a pair of unit normals u, v of correlation c, for one τ.
struct PairMeans {
  double product = 0.0;   ///< k(c) = E[(u − τ)₊ (v − τ)₊]
  double coactive = 0.0;  ///< L(c) = P(u > τ, v > τ) = k'(c)
  double gated = 0.0;     ///< M(c) = E[1(u > τ) (v − τ)₊]
};

/// PairMeans of any correlation, from numerical integrals over u of
///
///   φ(u) · {u − τ, 1} · {E[(v − τ)₊ | u], P(v > τ | u)},    v | u ~ N(cu, 1 − c²).
///
/// They are smooth in θ = arccos c, not in c: [0, π] is cut into cells with a polynomial through
/// eight integrals in each. Off by less than 10⁻¹⁰ of the value at c = 1; at c = −1 exactly 0 for
/// τ ≥ 0, where v = −u.
///
/// The room `theory` has these functions in closed form; here they are integrated, so that what is
/// sampled with their help stays evidence.
class GaussianPairTable {
 public:
  explicit GaussianPairTable(double tau);

  double tau() const { return tau_; }
  /// P(u > τ)
  double active_fraction() const { return active_fraction_; }
  /// φ(τ)
  double density() const { return density_; }

  /// `correlation` beyond [−1, 1] counts as its end.
  PairMeans operator()(double correlation) const;

  /// The integrals themselves, at c = cos θ, 0 < θ < π.
  static PairMeans integral(double tau, double theta);

 private:
  static constexpr int order = 8;
  using Polynomial = std::array<double, order>;  ///< ascending powers of t from −1 to 1
  struct Cell {
    Polynomial product, coactive, gated;
  };

  double tau_;
  double active_fraction_;
  double density_;
  std::vector<Cell> cells_;
};

}  // namespace wideproof::sim
