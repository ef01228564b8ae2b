// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep_figures.hpp>

#include <algorithm>
#include <cstddef>
#include <set>

#include <fmt/format.h>

#include <wideproof/compare/sweep_axes.hpp>
#include <wideproof/compare/sweep_lines.hpp>

namespace wideproof::compare {
namespace {

/// Whether the points lie on a grid of two axes and take up half of it or more: a list of points
/// that differ in everything is no map.
bool make_a_map(const SweepResult& sweep, const std::vector<SweepAxis>& axes,
                const SweepGroup& group) {
  std::set<double> x;
  std::set<double> y;
  for (const std::size_t i : group.points) {
    x.insert(position(axes[0], sweep.points[i]));
    y.insert(position(axes[1], sweep.points[i]));
  }
  return x.size() > 1 && y.size() > 1 && 2 * group.points.size() >= x.size() * y.size() &&
         group.points.size() > std::max(x.size(), y.size());
}

}  // namespace

std::vector<Figure> sweep_figures(const SweepResult& sweep,
                                  const std::optional<SweepCurve>& curve) {
  const std::vector<SweepAxis> axes = sweep_axes(sweep);
  std::vector<Figure> figures;
  if (axes.empty()) return figures;
  const auto varies = [](const SweepAxis& axis) { return axis.numeric && axis.numbers.size() > 1; };
  for (const SweepSeries& series : sweep_series(sweep)) {
    if (axes.size() > 1 && varies(axes[0]) && varies(axes[1])) {
      const std::vector<SweepGroup> groups = sweep_groups(sweep, axes, 2);
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!make_a_map(sweep, axes, groups[i])) continue;
        for (const std::int64_t width : mapped_widths(series)) {
          auto figure = sweep_map(sweep, axes, series, width, groups[i], curve);
          if (!figure) continue;
          if (groups.size() > 1) {
            const std::string plain = figure->name;
            figure->name += fmt::format("_{}", i + 1);
            figure->plot.replace(figure->plot.find(plain + ".csv"), plain.size(), figure->name);
          }
          figures.push_back(*figure);
        }
      }
    }
    if (const auto figure = sweep_lines(sweep, axes, series)) figures.push_back(*figure);
  }
  if (figures.size() > most_figures) figures.resize(most_figures);
  return figures;
}

}  // namespace wideproof::compare
