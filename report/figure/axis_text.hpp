// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wideproof::report {

// gnuplot commands for the axes of figures of errors. `axis` is x, y or cb.

/// A logarithmic axis that holds every finite positive number of `values` with little to spare. It
/// is labelled at powers of ten, and between them as densely as gives three labels; at its ends and
/// in the middle where that gives less than two.
std::string log_axis(const std::string& axis, const std::vector<double>& values);

/// Tics of a linear axis that holds these numbers, five steps of 1, 2 or 5 times a power of ten at
/// most; empty where they do not differ.
std::string few_tics(const std::string& axis, const std::vector<double>& values);

/// The tics of a colour bar: both ends and the middle, with as many digits as tell them apart.
struct BarTics {
  std::string tics;  ///< `'0.3' 0.3, …`, between the parentheses of `set cbtics`
  int exponent = 0;  ///< the labels are to be read times 10^exponent, there being no room for it
};

BarTics bar_tics(double low, double high);

/// A logarithmic axis of counts, at most `most_labels` of which are labelled.
std::string count_axis(const std::string& axis, const std::vector<std::int64_t>& counts);

inline constexpr std::size_t most_labels = 4;

/// `text` between single quotes of gnuplot, in enhanced mode, shown as it is.
std::string shown(const std::string& text);

}  // namespace wideproof::report
