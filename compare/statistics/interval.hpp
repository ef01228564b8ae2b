// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::compare {

/// Bounds of an estimate; NaN where there are none.
struct Interval {
  double low = 0.0;
  double high = 0.0;
};

}  // namespace wideproof::compare
