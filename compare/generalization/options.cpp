// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/options.hpp>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {

using model::InputError;

// The conditions are written so that a NaN fails them.
void check(const GeneralizationOptions& options) {
  if (!(options.family_error > 0.0 && options.family_error <= 0.5))
    throw InputError("compare.family_error", options.family_error, "must lie in (0, 0.5]");
  if (!(options.equivalence_margin > 0.0 && options.equivalence_margin < 1.0))
    throw InputError("compare.equivalence_margin", options.equivalence_margin,
                     "must lie in (0, 1)");
  if (!(options.negligible_error >= 0.0 && options.negligible_error < 1.0))
    throw InputError("negligible_error", options.negligible_error, "must lie in [0, 1)");
  if (options.agreement_error &&
      !(*options.agreement_error > 0.0 && *options.agreement_error <= 0.5))
    throw InputError("compare.agreement_error", *options.agreement_error, "must lie in (0, 0.5]");
}

double agreement_level(const GeneralizationOptions& options) {
  return options.agreement_error.value_or(options.family_error);
}

}  // namespace wideproof::compare
