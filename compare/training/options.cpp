// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/options.hpp>

#include <algorithm>

namespace wideproof::compare {

LimitOptions limit_options(const TrainedOptions& options) {
  LimitOptions limits;
  limits.family_error = options.family_error;
  limits.equivalence_margin = options.equivalence_margin;
  limits.power = options.power;
  check(limits, true);
  limits.rounding = std::max(
      limits.rounding, std::min(least_error, least_error_of_margin * limits.equivalence_margin));
  return limits;
}

}  // namespace wideproof::compare
