// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/map.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/sweep/figure_text.hpp>

namespace wideproof::report {
namespace {

/// The edges of the cell around a number of an axis: halfway to its neighbours, the outermost ones
/// reaching as far out as in, but not below 0 where nothing negative was swept.
std::pair<double, double> cell(const SweepAxis& axis, double at) {
  const std::vector<double>& all = axis.numbers;
  const auto scale = [&](double x) { return axis.logarithmic ? std::log(x) : x; };
  const auto back = [&](double x) { return axis.logarithmic ? std::exp(x) : x; };
  const auto i = static_cast<std::size_t>(std::find(all.begin(), all.end(), at) - all.begin());
  const double here = scale(at);
  const double below = i > 0 ? (here - scale(all[i - 1])) / 2.0 : (scale(all[1]) - here) / 2.0;
  const double above = i + 1 < all.size() ? (scale(all[i + 1]) - here) / 2.0 : below;
  const double least = back(here - below);
  return {all.front() >= 0.0 ? std::max(least, 0.0) : least, back(here + above)};
}

/// From the outer edge of the first cell to that of the last.
std::string range_of(const SweepAxis& axis, const char* name) {
  return fmt::format("set {}range [{}:{}]\n", name, cell(axis, axis.numbers.front()).first,
                     cell(axis, axis.numbers.back()).second);
}

/// The curve as gnuplot's data, and what draws it; both empty where its keys are not on the axes.
struct CurveText {
  std::string data;
  std::string item;
};

CurveText curve_text(const std::optional<SweepCurve>& curve, const compare::SweepResult& sweep,
                     const SweepAxis& x, const SweepAxis& y) {
  if (!curve) return {};
  const bool straight = curve->x_key == sweep.keys[x.key] && curve->y_key == sweep.keys[y.key];
  const bool turned = curve->x_key == sweep.keys[y.key] && curve->y_key == sweep.keys[x.key];
  if (!straight && !turned) return {};
  CurveText text;
  text.data = "$curve << EOD\nx,y\n";  // a header, as in every table
  for (const auto& [a, b] : curve->points)
    text.data += straight ? fmt::format("{},{}\n", a, b) : fmt::format("{},{}\n", b, a);
  text.data += "EOD\n";
  text.item = fmt::format(", \\\n  $curve using 1:2 with lines lw 3 lc rgb '#D55E00' title '{}'",
                          shown(curve->title));
  return text;
}

/// The cells of one map, and the values that its scale of colours has to hold.
struct Cells {
  std::string rows;
  std::vector<double> values;                  ///< of all maps that share the scale
  const compare::SweepPoint* least = nullptr;  ///< where the number is least; null without a cell
};

Cells cells_of(const compare::SweepResult& sweep, const std::vector<SweepAxis>& axes,
               const SweepSeries& series, std::int64_t width, const SweepGroup& group,
               bool must_be_positive) {
  Cells cells;
  double least = 0.0;
  for (const std::size_t i : group.points) {
    const compare::SweepPoint& point = sweep.points[i];
    for (const std::int64_t mapped : mapped_widths(series))
      if (const compare::SweepNumber* number = find_number(point, series, mapped))
        cells.values.push_back(measured_or_predicted(*number));
    const compare::SweepNumber* number = find_number(point, series, width);
    const double value = number == nullptr ? std::nan("") : measured_or_predicted(*number);
    if (!std::isfinite(value) || (must_be_positive && value <= 0.0)) continue;
    const double x = position(axes[0], point);
    const double y = position(axes[1], point);
    const auto [left, right] = cell(axes[0], x);
    const auto [bottom, top] = cell(axes[1], y);
    cells.rows += fmt::format("{},{},{},{},{},{},{},{}\n", x, y, left, right, bottom, top, value,
                              or_nan(number->predicted));
    if (cells.least != nullptr && value >= least) continue;
    cells.least = &point;
    least = value;
  }
  return cells;
}

}  // namespace

std::vector<std::int64_t> mapped_widths(const SweepSeries& series) {
  if (series.widths.size() < 2) return series.widths;
  return {series.widths.front(), series.widths.back()};
}

std::optional<Figure> sweep_map(const compare::SweepResult& sweep,
                                const std::vector<SweepAxis>& axes, const SweepSeries& series,
                                std::int64_t width, const SweepGroup& group,
                                const std::optional<SweepCurve>& curve) {
  const SweepAxis& x = axes[0];
  const SweepAxis& y = axes[1];
  const compare::SweepQuantity& quantity = *series.quantity;
  const bool is_logarithmic = logarithmic(sweep, series);
  const Cells cells = cells_of(sweep, axes, series, width, group, is_logarithmic);
  if (cells.least == nullptr) return std::nullopt;
  Figure figure;
  figure.name = figure_name("map", series);
  if (width != series.widths.front()) figure.name += fmt::format("_n{}", width);
  const std::string over_both = fmt::format("{} and {}", x.name, y.name);
  const std::string of_what = joined(title_of(series), width_title(series, width));
  figure.title = joined(of_what + " over " + over_both, group.title);
  figure.csv =
      fmt::format("{},{},left,right,bottom,top,value,predicted\n", x.name, y.name) + cells.rows;
  const CurveText over = curve_text(curve, sweep, x, y);
  figure.plot = over.data + "eval(sequential)\n" + axis_commands(x, "x") + axis_commands(y, "y") +
                range_of(x, "x") + range_of(y, "y") +
                // Room for labels such as 0.015, of which gnuplot leaves too little.
                "set rmargin at screen 0.72\n" +
                fmt::format("set cblabel '{}'\n", shown(quantity.map_label)) +
                (is_logarithmic ? log_axis("cb", cells.values) : fitted_axis("cb", cells.values)) +
                "set border 15\n";
  if (quantity.is_least_best)
    figure.plot +=
        fmt::format("set label 1 '' at {},{} point pt 3 ps 2 lw 2 lc rgb 'white' front\n",
                    position(x, *cells.least), position(y, *cells.least));
  std::vector<CurveName> names;
  if (!over.item.empty()) names.push_back({curve->title, shown(curve->title)});
  figure.plot += figure_key(names).commands +
                 fmt::format("plot '{}.csv' using 1:2:3:4:5:6:7 with boxxyerror lc palette notitle",
                             figure.name) +
                 over.item + "\n";
  figure.caption = figure.title + (compare::is_measured(sweep) ? "." : ", predicted.");
  figure.caption += meaning_of(series);
  if (quantity.is_least_best)
    figure.caption += fmt::format(" The star marks the least {}.", quantity.name);
  if (!over.item.empty())
    figure.caption += " The orange curve is " + curve->title + ". " + curve->meaning;
  figure.is_map = true;
  return figure;
}

}  // namespace wideproof::report
