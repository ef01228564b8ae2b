// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>

namespace wideproof::theory {

/// asin x − asin y of y = x(1−δ), δ ∈ [0, 2], from the sine of the difference,
///
///   (x² − y²)/(x√(1−y²) + y√(1−x²)),
///
/// to relative precision. `short_of_one`: 1 − |x|.
inline double arcsine_drop(double x, double short_of_one, double delta) {
  if (x < 0) return -arcsine_drop(-x, short_of_one, delta);
  if (delta <= 0 || x == 0) return 0;
  const double y = x * (1 - delta);
  if (delta > 0.5) return std::asin(std::min(x, 1.0)) - std::asin(std::clamp(y, -1.0, 1.0));
  const double root_x = std::sqrt(short_of_one * (1 + x));
  const double root_y = std::sqrt((short_of_one + x * delta) * (1 + y));
  const double sine = x * delta * (x + y) / (x * root_y + y * root_x);
  return std::asin(std::min(sine, 1.0));
}

}  // namespace wideproof::theory
