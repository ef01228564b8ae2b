// SPDX-License-Identifier: MIT
#pragma once

#include <boost/math/distributions/binomial.hpp>

namespace wideproof::compare::testing {

/// Chance that a statistical test of this folder fails, were its seed drawn anew and the code
/// right. The seeds are fixed, so a test that passes keeps passing; the rate says how lucky it was.
inline constexpr double false_alarm = 1e-6;

/// Counts between which the number of successes of `trials` trials of the given chance lies but
/// with probability `false_alarm`, half of it on each side.
struct CountBounds {
  double low = 0.0;
  double high = 0.0;
};

inline CountBounds count_bounds(int trials, double chance) {
  using boost::math::binomial;
  using boost::math::complement;
  const binomial law(trials, chance);
  return {quantile(law, false_alarm / 2.0), quantile(complement(law, false_alarm / 2.0))};
}

}  // namespace wideproof::compare::testing
