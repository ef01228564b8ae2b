// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/figures.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/sweep/axes.hpp>
#include <wideproof/report/sweep/lines.hpp>

namespace wideproof::report {
namespace {

/// The one number that is predicted of a quantity at every point, where short tables leave it out
/// too: lines of it would show noise alone.
std::optional<double> only_prediction(const compare::SweepResult& sweep,
                                      const compare::SweepQuantity& quantity) {
  constexpr double rounding = 1e-9;
  std::optional<double> one;
  if (quantity.is_in_short || sweep.points.size() < 2) return one;
  for (const compare::SweepPoint& point : sweep.points) {
    for (const compare::SweepNumber& number : point.numbers) {
      if (number.quantity->name != quantity.name) continue;
      if (!std::isfinite(number.predicted)) return std::nullopt;
      if (!one) one = number.predicted;
      if (std::abs(number.predicted - *one) > rounding * std::abs(*one)) return std::nullopt;
    }
  }
  return one;
}

/// Whether the points lie on a grid of two axes and take up four fifths of it or more: a list of
/// points that differ in everything is no map.
bool make_a_map(const compare::SweepResult& sweep, const std::vector<SweepAxis>& axes,
                const SweepGroup& group) {
  std::set<double> x;
  std::set<double> y;
  for (const std::size_t i : group.points) {
    x.insert(position(axes[0], sweep.points[i]));
    y.insert(position(axes[1], sweep.points[i]));
  }
  return x.size() > 1 && y.size() > 1 && 5 * group.points.size() >= 4 * x.size() * y.size() &&
         group.points.size() > std::max(x.size(), y.size());
}

/// Of each series its lines, the last figure, and then maps, the chief series first, as long as
/// they are not too many.
std::vector<Figure> first_of(const std::vector<std::vector<Figure>>& by_series) {
  std::size_t room = most_figures;
  std::vector<std::size_t> kept;
  for (const std::vector<Figure>& series : by_series) {
    kept.push_back(room > 0 && !series.empty() ? 1 : 0);
    room -= kept.back();
  }
  std::vector<Figure> figures;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < by_series.size(); ++i) {
    const std::vector<Figure>& series = by_series[i];
    const std::size_t maps = kept[i] == 0 ? 0 : std::min(room, series.size() - kept[i]);
    room -= maps;
    const auto shown = static_cast<std::ptrdiff_t>(kept[i] + maps);
    figures.insert(figures.end(), series.end() - shown, series.end());
    left_out += series.size() - kept[i] - maps;
  }
  if (left_out > 0)
    figures.back().caption += fmt::format(
        " {} more figures were left out, maps and those of the last quantities first; the table of "
        "the sweep has all numbers.",
        left_out);
  return figures;
}

/// The last series, those of the largest P, as long as their figures are not too many.
std::vector<Figure> last_of(const std::vector<std::vector<Figure>>& by_series) {
  std::vector<Figure> figures;
  std::size_t left_out = 0;
  for (std::size_t i = by_series.size(); i > 0; --i) {
    const std::vector<Figure>& series = by_series[i - 1];
    const std::size_t room = left_out > 0 ? 0 : most_figures - figures.size();
    const std::size_t kept = std::min(series.size(), room);
    // Of one series that is too long the last ones, its lines among them.
    figures.insert(figures.begin(), series.end() - static_cast<std::ptrdiff_t>(kept), series.end());
    left_out += series.size() - kept;
  }
  if (left_out > 0)
    figures.back().caption += fmt::format(
        " {} more figures were left out, those of the least P first; the table of the "
        "sweep has all numbers.",
        left_out);
  return figures;
}

/// A map for each group of points and each width; those of several groups are numbered.
std::vector<Figure> maps_of(const compare::SweepResult& sweep, const std::vector<SweepAxis>& axes,
                            const SweepSeries& series, const std::optional<SweepCurve>& curve) {
  std::vector<Figure> maps;
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
      maps.push_back(std::move(*figure));
    }
  }
  return maps;
}

}  // namespace

std::vector<Figure> sweep_figures(const compare::SweepResult& sweep,
                                  const std::optional<SweepCurve>& curve,
                                  const compare::SweepResult& between) {
  const std::vector<SweepAxis> axes = sweep_axes(sweep);
  if (axes.empty()) return {};
  const auto varies = [](const SweepAxis& axis) { return axis.numeric && axis.numbers.size() > 1; };
  const bool has_a_plane = axes.size() > 1 && varies(axes[0]) && varies(axes[1]);
  std::vector<std::vector<Figure>> by_series;
  bool has_training_points = false;
  for (const SweepSeries& series : sweep_series(sweep)) {
    has_training_points = has_training_points || series.training_points > 0;
    if (only_prediction(sweep, *series.quantity)) continue;
    std::vector<Figure>& figures = by_series.emplace_back();
    if (has_a_plane && series.quantity->is_mapped) figures = maps_of(sweep, axes, series, curve);
    if (const auto figure = sweep_lines(sweep, axes, series, between)) figures.push_back(*figure);
  }
  return has_training_points ? last_of(by_series) : first_of(by_series);
}

std::string left_out_in_words(const compare::SweepResult& sweep) {
  std::string text;
  for (const compare::SharedQuantity& quantity : compare::quantities_of(sweep))
    if (const auto one = only_prediction(sweep, *quantity))
      text += fmt::format(
          "{}The {} is predicted to be {:.4g} at every point, so that no figure "
          "shows it against what was swept.",
          text.empty() ? "" : " ", quantity->name, *one);
  return text;
}

}  // namespace wideproof::report
