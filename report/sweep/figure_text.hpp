// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/report/sweep/axes.hpp>

namespace wideproof::report {

// What the figures of a sweep are put together from.

/// `NaN` where there is no number.
std::string or_nan(double number);

/// `sweep_map_error_P128`
std::string figure_name(const std::string& kind, const SweepSeries& series);

/// `Mean squared error at P = 128`
std::string title_of(const SweepSeries& series);

/// `n = 4096`, or `kernel` beside such; nothing where there is no other width.
std::string width_title(const SweepSeries& series, std::int64_t width);

/// Whether the numbers of a series belong on a logarithmic axis: where their quantity does, and all
/// are positive.
bool logarithmic(const compare::SweepResult& sweep, const SweepSeries& series);

/// Range and tics of a linear axis, x, y or cb, that these numbers fill: with a twenty-fifth to
/// spare at both ends, but for colours; around the number where they do not differ. Empty without
/// any.
std::string fitted_axis(const std::string& axis, const std::vector<double>& values);

/// Label, range and tics of the axis `name`, x or y.
std::string axis_commands(const SweepAxis& axis, const char* name);

/// Tics at the first, the last and those other numbers of a numeric axis that leave room for their
/// labels.
std::string swept_tics(const SweepAxis& axis, const char* name);

/// What the quantity is, a sentence after a space; empty where there is nothing to say.
std::string meaning_of(const SweepSeries& series);

/// With a comma between, where both are there.
std::string joined(const std::string& one, const std::string& other);

}  // namespace wideproof::report
