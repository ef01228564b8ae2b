// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/options.hpp>

namespace wideproof::compare {

LimitOptions limit_options(const TrainedOptions& options) {
  LimitOptions limits;
  limits.family_error = options.family_error;
  limits.equivalence_margin = options.equivalence_margin;
  limits.power = options.power;
  check(limits, true);
  if (told_apart * options.equivalence_margin > limits.rounding)
    limits.rounding = told_apart * options.equivalence_margin;
  return limits;
}

}  // namespace wideproof::compare
