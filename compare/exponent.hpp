// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

namespace wideproof::compare {

/// The exponent of a power law y ∝ n^value, with its 95% interval [low, high].
struct Exponent {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// Weighted least squares of log y on log n. The interval is value ± 1.96·se·max(1, √(χ²/dof)):
/// scatter beyond the stated errors widens it, scatter below them does not narrow it.
///
/// `log_errors` are the standard errors of `log_values`. nullopt with fewer than two points or
/// where a value is not finite or an error not positive.
std::optional<Exponent> fit_exponent(const std::vector<double>& widths,
                                     const std::vector<double>& log_values,
                                     const std::vector<double>& log_errors);

}  // namespace wideproof::compare
