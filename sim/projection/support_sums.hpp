// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace wideproof::sim {

/// Some entries' deficits w = top − x, counted.
struct SupportSums {
  std::int64_t count = 0;
  double sum = 0.0;      ///< Σw
  double squares = 0.0;  ///< Σw²
  double largest = 0.0;  ///< w of the lowest entry

  void add(double deficit) {
    ++count;
    sum += deficit;
    squares += deficit * deficit;
    largest = largest > deficit ? largest : deficit;
  }
  SupportSums& operator+=(const SupportSums& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
    largest = largest > other.largest ? largest : other.largest;
    return *this;
  }
  /// Σ(w − mean)²
  double spread() const { return squares - sum * sum / static_cast<double>(count); }
  /// The a of ‖(a − w)‖₁²/‖(a − w)‖₂² = square, of more than `square` entries.
  double root(double square) const {
    const auto d = static_cast<double>(count);
    return sum / d + std::sqrt(square * std::max(spread(), 0.0) / (d * (d - square)));
  }
  /// Whether ‖(a − w)‖₁²/‖(a − w)‖₂² ≥ square, which grows with a.
  bool reaches(double a, double square) const {
    const auto d = static_cast<double>(count);
    if (d <= square) return false;
    const double above = a - sum / d;
    return above * above * d * (d - square) >= square * spread();
  }
};

}  // namespace wideproof::sim
