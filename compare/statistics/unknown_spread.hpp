// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {

/// What is known of a standard deviation σ from its estimate s with ν degrees of freedom:
/// (σ/s)² = ν/χ²_ν, its law cut into parts of equal chance.
class UnknownSpread {
 public:
  explicit UnknownSpread(double nu) {
    for (int i = 0; i < parts; ++i)
      ratios_[i] = std::sqrt(nu / chi_squared_quantile((i + 0.5) / parts, nu));
  }

  /// The mean of `chance`(σ/s), which rises with σ: from the first negligible part on, smaller σ
  /// are taken to add nothing.
  template <typename Chance>
  double mean(const Chance& chance) const {
    double sum = 0.0;
    for (const double ratio : ratios_) {
      const double part = chance(ratio);
      sum += part / parts;
      if (part < negligible) break;
    }
    return sum;
  }

 private:
  static constexpr int parts = 64;
  static constexpr double negligible = 1e-9;

  std::array<double, parts> ratios_;  // the largest first
};

}  // namespace wideproof::compare
