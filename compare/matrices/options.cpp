// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/options.hpp>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {

using model::InputError;

// The conditions are written so that a NaN fails them.
void set_digits(Options& options, model::DType dtype, model::Engine engine) {
  if (dtype == model::DType::float64) {
    options.rounding = 1e-7;
    options.resolved_deficit = 1e-12;
  } else {
    options.rounding = 1e-6;
    options.resolved_deficit = engine == model::Engine::direct ? 1e-8 : 1e-10;
  }
}

void check(const Options& options) {
  if (!(options.family_error > 0.0 && options.family_error <= 0.5))
    throw InputError("compare.family_error", options.family_error, "must lie in (0, 0.5]");
  if (!(options.equivalence_margin > 0.0 && options.equivalence_margin <= 1.0))
    throw InputError("compare.equivalence_margin", options.equivalence_margin,
                     "must lie in (0, 1]");
  if (!(options.lack_of_fit_error > 0.0 && options.lack_of_fit_error < 1.0))
    throw InputError("lack_of_fit_error", options.lack_of_fit_error, "must lie in (0, 1)");
  if (!(options.rounding > 0.0 && options.rounding < 1.0))
    throw InputError("rounding", options.rounding, "must lie in (0, 1)");
  if (!(options.rare_neurons >= 0.0 && options.rare_neurons < 1e9))
    throw InputError("rare_neurons", options.rare_neurons, "must lie in [0, 1e9)");
  if (!(options.resolved_deficit >= 0.0 && options.resolved_deficit < 1.0))
    throw InputError("resolved_deficit", options.resolved_deficit, "must lie in [0, 1)");
  if (options.order && (*options.order < 0 || *options.order > 2))
    throw InputError("order", *options.order, "must be 0, 1 or 2");
  if (options.looks < 1) throw InputError("looks", options.looks, "must be at least 1");
}

}  // namespace wideproof::compare
