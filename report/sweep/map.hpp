// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/sweep/axes.hpp>

namespace wideproof::report {

/// A curve over the map of a sweep, such as m*(f): points in the units of two swept keys.
struct SweepCurve {
  std::string x_key;
  std::string y_key;
  std::string title;
  std::string meaning;  ///< a sentence for the caption
  std::vector<std::pair<double, double>> points;
};

/// The widths that get maps: the first, of width 0 where it was measured, and the widest networks.
std::vector<std::int64_t> mapped_widths(const SweepSeries& series);

/// The heat map of one series at one width over the first two of `axes` for the points of `group`,
/// a cell reaching halfway to the next, but not below 0 where nothing negative was swept; axes are
/// labelled at what was swept. The least number is marked where less is better. Maps that differ in
/// width alone have one scale of colours. nullopt without a number.
std::optional<Figure> sweep_map(const compare::SweepResult& sweep,
                                const std::vector<SweepAxis>& axes, const SweepSeries& series,
                                std::int64_t width, const SweepGroup& group,
                                const std::optional<SweepCurve>& curve);

}  // namespace wideproof::report
