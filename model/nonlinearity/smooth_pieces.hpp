// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>

namespace wideproof::model {

/// out ← φ(x), count of them; may be called from several threads at a time.
using BulkFunction = std::function<void(const double* x, std::int64_t count, double* out)>;

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

  /// φ'(x) for |x| ≤ reach; at a kink the mean of both sides'.
  double slope(double x) const;

  static constexpr std::size_t degree = 16;

 private:
  struct Piece {
    double low = 0.0;
    double high = 0.0;
    std::array<double, degree + 1> coefficients = {};  ///< of Chebyshev polynomials

    double value(double x) const;
    double slope(double x) const;
    double curvature(double x) const;  ///< φ'', roughly
  };

  class Search;

  std::vector<Piece> pieces_;  ///< ascending, without gaps
  std::vector<Kink> kinks_;
};

}  // namespace wideproof::model
