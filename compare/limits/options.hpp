// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::compare {

/// What an assessment of limits N → ∞ takes for granted.
struct LimitOptions {
  /// Chance that a true prediction is called wrong, over all claims and numbers together.
  double family_error = 0.01;
  /// What counts as equal; see LimitNumber::equal of the kind's numbers.
  double equivalence_margin = 0.02;
  /// p of the series in the width N by which means approach their limits, L + b/N^p + c/N^2p + …
  double power = 1.0;
  /// Level at which lack of fit raises the order of that series.
  double lack_of_fit_error = 0.05;
  /// Relative rounding error of a measured mean; 1e-6 suits sums in float32.
  double rounding = 1e-6;
};

/// Throws model::InputError for a value out of range, naming `compare.<key>` where an experiment
/// file has that key, else the option itself. With `margin_of_one` the margin may be 1.
void check(const LimitOptions& options, bool margin_of_one = false);

}  // namespace wideproof::compare
