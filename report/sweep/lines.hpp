// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/sweep/axes.hpp>

namespace wideproof::report {

/// One series of a sweep over the first of `axes`, a line for each combination of the others'
/// values, told apart as PointStyles does: dots with bars where it was measured, a line where it is
/// predicted. Of networks all widths with one line, else the widest beside the kernel. `between`:
/// more points of the same keys, predicted alone, that the lines pass on their way. nullopt without
/// a number.
std::optional<Figure> sweep_lines(const compare::SweepResult& sweep,
                                  const std::vector<SweepAxis>& axes, const SweepSeries& series,
                                  const compare::SweepResult& between = {});

}  // namespace wideproof::report
