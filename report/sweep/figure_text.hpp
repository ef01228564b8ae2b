// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <wideproof/report/sweep/axes.hpp>

namespace wideproof::report {

// What the figures of a sweep are put together from.

/// `NaN` where there is no number.
std::string or_nan(double number);

/// `mean squared error`, `norm of the last layer`
std::string label_of(const SweepSeries& series);

/// `sweep_map_error_P128`
std::string figure_name(const std::string& kind, const SweepSeries& series);

/// `Mean squared error at P = 128`
std::string title_of(const SweepSeries& series);

/// `n = 4096`, `kernel`, or nothing where there is but one.
std::string width_title(const SweepSeries& series, std::int64_t width);

/// Whether the numbers of a series belong on a logarithmic axis: errors, all positive.
bool logarithmic(const compare::SweepResult& sweep, const SweepSeries& series);

/// Label, range and tics of the axis `name`, x or y.
std::string axis_commands(const SweepAxis& axis, const char* name);

/// Tics at the first, the last and those other numbers of a numeric axis that leave room for their
/// labels.
std::string swept_tics(const SweepAxis& axis, const char* name);

/// What a quantity of Gram matrices is, a sentence after a space; empty for errors.
std::string meaning_of(const SweepSeries& series);

/// With a comma between, where both are there.
std::string joined(const std::string& one, const std::string& other);

}  // namespace wideproof::report
