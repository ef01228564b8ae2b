// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/figure/sweep_trace.hpp>

namespace wideproof::report {

/// The figures that the traces belong to, by their first appearance, a colour for each point with
/// such a trace; `traces` by point. A point whose trace is empty has none, nor has one that lacks
/// it. Of more than `most_traces` points those are drawn that lie evenly spread.
std::vector<Figure> trace_figures(const compare::SweepResult& sweep,
                                  const std::vector<std::vector<SweepTrace>>& traces);

inline constexpr std::size_t most_traces = 8;

}  // namespace wideproof::report
