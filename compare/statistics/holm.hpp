// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace wideproof::compare {

/// Holm's step-down adjustment (Scand. J. Statist. 6, 1979): for p_(1) ≤ … ≤ p_(m),
///
///   adjusted_(i) = max_{j ≤ i} min(1, (m − j + 1) p_(j))
///
/// Rejecting where adjusted < α keeps the chance of any false rejection below α however the tests
/// depend on each other. Returned in the order of `p_values`; a NaN stays NaN and is not counted.
std::vector<double> holm_adjusted(const std::vector<double>& p_values);

}  // namespace wideproof::compare
