// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>
#include <wideproof/model/nonlinearity/polynomial_piece.hpp>

namespace wideproof::model {

/// A function cut into pieces on which a polynomial of degree 16 is as good as its values: tells
/// its derivative, and where it has none.
///
/// [−reach, reach] is halved until the last Chebyshev coefficients of a piece are within rounding.
/// A place where that never happens is a kink. Its position is where the values change from one
/// side's polynomial to the other's, or where these meet.
class SmoothPieces {
 public:
  static constexpr double reach = 40.0;
  static constexpr std::size_t most_kinks = 200;

  /// `given`: where φ is not smooth; without it, it is found out. Throws InputError naming
  /// network.expression for a value that is not finite, with its x, and for a function that is not
  /// smooth at more places than most_kinks; naming network.kinks for a place that `given` leaves
  /// out.
  SmoothPieces(const BulkFunction& function, const std::string& text,
               const std::optional<std::vector<double>>& given);

  const std::vector<Kink>& kinks() const { return kinks_; }

  /// Ends of the runs of pieces that are narrower than 1/2, 1/8, 1/32 and 1/128.
  std::vector<double> narrow_stretches() const;

  /// φ'(x) for |x| ≤ reach; at a kink the mean of both sides'.
  double slope(double x) const;
  /// φ'(x) of the same function beyond, from a polynomial for each x. NaN where there is none.
  double slope_beyond(const BulkFunction& function, double x) const;

 private:
  class Search;

  std::vector<PolynomialPiece> pieces_;  ///< ascending, without gaps
  std::vector<Kink> kinks_;
};

}  // namespace wideproof::model
