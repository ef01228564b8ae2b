// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/number_range.hpp>

#include <algorithm>
#include <cmath>

namespace wideproof::report {

NumberRange number_range(const std::vector<double>& values) {
  NumberRange range;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

}  // namespace wideproof::report
