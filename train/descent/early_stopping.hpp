// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace wideproof::train {

/// Ends a training once the loss on the validation inputs has not fallen below its lowest for
/// `patience` recorded steps in a row.
struct EarlyStopping {
  double lowest = std::numeric_limits<double>::infinity();
  std::int64_t best = 0;   ///< index of the recorded state of the lowest loss, the first of them
  std::int64_t since = 0;  ///< recorded states since then

  /// Whether to end with recorded state `index`, of this loss.
  bool ends_at(std::int64_t index, double loss, std::optional<std::int64_t> patience) {
    if (!patience) return false;
    if (loss < lowest) {
      lowest = loss;
      best = index;
      since = 0;
      return false;
    }
    return ++since >= *patience;
  }
};

}  // namespace wideproof::train
