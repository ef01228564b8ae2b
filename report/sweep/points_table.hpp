// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/page/html_page.hpp>

namespace wideproof::report {

/// The section with a row for each point: its values, its outcome and, of each quantity, the
/// numbers with the most training points, that of width 0 (the kernel's or the limit's) and that of
/// the widest networks. `folders` by point, from the page, or none. At most `most_rows` points are
/// listed; the rest is in sweep.csv.
void add_points(HtmlPage& html, const compare::SweepResult& sweep,
                const std::vector<std::string>& folders);

inline constexpr std::size_t most_rows = 200;

}  // namespace wideproof::report
