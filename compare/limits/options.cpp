// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/options.hpp>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {

using model::InputError;

// The conditions are written so that a NaN fails them.
void check(const LimitOptions& options, bool margin_of_one) {
  if (!(options.family_error > 0.0 && options.family_error <= 0.5))
    throw InputError("compare.family_error", options.family_error, "must lie in (0, 0.5]");
  const double margin = options.equivalence_margin;
  if (!(margin > 0.0 && (margin < 1.0 || (margin_of_one && margin == 1.0))))
    throw InputError("compare.equivalence_margin", margin,
                     margin_of_one ? "must lie in (0, 1]" : "must lie in (0, 1)");
  if (!(options.power > 0.0 && options.power <= 2.0))
    throw InputError("power", options.power, "must lie in (0, 2]");
  if (!(options.lack_of_fit_error > 0.0 && options.lack_of_fit_error < 1.0))
    throw InputError("lack_of_fit_error", options.lack_of_fit_error, "must lie in (0, 1)");
  if (!(options.rounding > 0.0 && options.rounding < 0.01))
    throw InputError("rounding", options.rounding, "must lie in (0, 0.01)");
}

}  // namespace wideproof::compare
