// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/gram/traces.hpp>

namespace wideproof::report {

/// `sweep_<name>` for each name, a colour for each point with such a trace; `traces` by point, none
/// where a point has none. Of more than `most_traces` points those are drawn that lie evenly
/// spread.
std::vector<Figure> trace_figures(const compare::SweepResult& sweep,
                                  const std::vector<std::vector<SweepTrace>>& traces);

inline constexpr std::size_t most_traces = 8;

}  // namespace wideproof::report
