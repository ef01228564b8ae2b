// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <wideproof/compare/figure.hpp>
#include <wideproof/compare/sweep_axes.hpp>

namespace wideproof::compare {

/// A curve over the map of a sweep, such as m*(f): points in the units of two swept keys.
struct SweepCurve {
  std::string x_key;
  std::string y_key;
  std::string title;
  std::vector<std::pair<double, double>> points;
};

/// The heat map of one series, of the kernel or the limit where there is one, over the first two of
/// `axes` for the points of `group`, a cell reaching halfway to the next. The least error is
/// marked. nullopt without a number.
std::optional<Figure> sweep_map(const SweepResult& sweep, const std::vector<SweepAxis>& axes,
                                const SweepSeries& series, const SweepGroup& group,
                                const std::optional<SweepCurve>& curve);

}  // namespace wideproof::compare
