// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/figure/sweep_trace.hpp>

namespace wideproof::report {

/// The figures that the traces belong to, by their first appearance, points told apart as
/// PointStyles does; `traces` by point. A point whose trace is empty has none, nor has one that
/// lacks it.
std::vector<Figure> trace_figures(const compare::SweepResult& sweep,
                                  const std::vector<std::vector<SweepTrace>>& traces);

}  // namespace wideproof::report
