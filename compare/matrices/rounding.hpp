// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>

namespace wideproof::compare {

/// `number`, or 0 where it is no more than the rounding of a sum of terms of size `scale`: eight
/// units in its last place. So the Gram of opposite inputs reads 0 and not −2e-16, and nothing
/// reads −0.
inline double without_rounding(double number, double scale = 1.0) {
  constexpr double units = 8.0;
  return std::abs(number) <= units * std::numeric_limits<double>::epsilon() * scale ? 0.0 : number;
}

}  // namespace wideproof::compare
