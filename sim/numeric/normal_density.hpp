// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <numbers>

namespace wideproof::sim {

/// φ(x) = exp(−x²/2)/√(2π).
inline double normal_density(double x) {
  return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
}

}  // namespace wideproof::sim
