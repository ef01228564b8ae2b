// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

namespace wideproof::theory {

/// Half a unit in the last of `decimals` printed places, with room for the rounding of doubles: how
/// far a value may lie from one that was printed so.
inline double printed(int decimals) {
  return 0.5 * std::pow(10.0, -decimals) * (1 + 1e-9);
}

}  // namespace wideproof::theory
