// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace wideproof::model {

/// out ← φ(x), count of them; may be called from several threads at a time.
using BulkFunction = std::function<void(const double* x, std::int64_t count, double* out)>;

/// The polynomial of degree 16 through φ at Chebyshev's nodes of [low, high].
struct PolynomialPiece {
  static constexpr std::size_t degree = 16;

  double low = 0.0;
  double high = 0.0;
  std::array<double, degree + 1> coefficients = {};  ///< of Chebyshev polynomials

  /// What fit() met at the nodes.
  struct Seen {
    double largest = 0.0;                             ///< |φ|
    double steepest = 0.0;                            ///< |Δφ/Δx|
    std::optional<double> not_finite = std::nullopt;  ///< an x; then there is no polynomial
  };

  Seen fit(const BulkFunction& function);

  double value(double x) const;
  double slope(double x) const;
  double curvature(double x) const;  ///< φ'', roughly

  /// The sum of the last `count` |coefficients|.
  double tail(std::size_t count) const;
  /// Whether the last three coefficients are at most `enough`, or what x is rounded by makes them.
  bool is_smooth(const Seen& seen, double enough) const;
};

}  // namespace wideproof::model
