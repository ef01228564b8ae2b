// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

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
  /// Whether ‖(a − w)‖₁²/‖(a − w)‖₂² ≥ square, which grows with a.
  bool reaches(double a, double square) const {
    const auto d = static_cast<double>(count);
    if (d <= square) return false;
    const double above = a - sum / d;
    return above * above * d * (d - square) >= square * (squares - sum * sum / d);
  }
};

struct Support {
  double top = 0.0;  ///< the largest of x, or of |x|
  SupportSums sums = {};  ///< of the entries on which the projection is not 0
};

/// The support of the projection of x, or of |x|, to ‖p‖₁²/‖p‖₂² = `square`: the largest entries,
/// so many that with the next one for a the ratio would be reached. With more than `square` ties at
/// the top all of them. `candidates` is memory to work in.
Support find_support(const float* x, std::int64_t size, double square, bool is_signed,
                     std::vector<double>& candidates);
Support find_support(const double* x, std::int64_t size, double square, bool is_signed,
                     std::vector<double>& candidates);

}  // namespace wideproof::sim
