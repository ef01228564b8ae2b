// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

namespace wideproof::compare {

/// The largest power of two up to a positive number, to count numbers of that size in: their higher
/// powers then are doubles, and dividing by it rounds nothing. 1 for what is not positive and
/// finite.
inline double power_of_two_below(double number) {
  return number > 0.0 && std::isfinite(number) ? std::ldexp(1.0, std::ilogb(number)) : 1.0;
}

}  // namespace wideproof::compare
