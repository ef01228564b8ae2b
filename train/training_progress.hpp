// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

namespace wideproof::train {

/// How far the training of one network has come.
struct Progress {
  std::int64_t step = 0;   ///< steps taken
  std::int64_t steps = 0;  ///< that will be taken, unless it stops early
  /// Of the inputs that the last step was taken on, before it.
  double loss = std::numeric_limits<double>::quiet_NaN();
  /// The share of them whose class is found; NaN where targets are none.
  double accuracy = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace wideproof::train
