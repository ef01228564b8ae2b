// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wideproof::compare {

// gnuplot commands for the axes of figures of errors. `axis` is x, y or cb.

/// A logarithmic axis that holds every finite positive number of `values` with little to spare. It
/// is labelled at powers of ten, and between them as densely as gives three labels.
std::string log_axis(const std::string& axis, const std::vector<double>& values);

/// A logarithmic axis of counts, at most `most_labels` of which are labelled.
std::string count_axis(const std::string& axis, const std::vector<std::int64_t>& counts);

inline constexpr std::size_t most_labels = 4;

/// `text` between single quotes of gnuplot, in enhanced mode, shown as it is.
std::string shown(const std::string& text);

/// A key above the plot, where it covers nothing.
inline constexpr const char* key_over = "set key outside top center horizontal width 0\n";

}  // namespace wideproof::compare
