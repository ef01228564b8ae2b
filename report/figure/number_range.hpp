// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <vector>

namespace wideproof::report {

/// From the least to the greatest of the finite numbers among some; high < low where there are
/// none.
struct NumberRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool is_empty() const { return !(high >= low); }
};

NumberRange number_range(const std::vector<double>& values);

}  // namespace wideproof::report
