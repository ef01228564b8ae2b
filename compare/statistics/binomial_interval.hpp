// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/statistics/interval.hpp>

namespace wideproof::compare {

/// The 95% interval of a chance that came true `times` times in `trials` ≥ 1 independent trials
/// (Clopper and Pearson, Biometrika 26, 1934): with X the number of times,
///
///   P(X ≥ times | low) = 2.5%,   P(X ≤ times | high) = 2.5%,
///
/// low = 0 for times = 0 and high = 1 for times = trials. It covers in 95% of cases at least,
/// whatever the chance.
Interval binomial_interval(int times, int trials);

}  // namespace wideproof::compare
