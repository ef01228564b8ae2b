// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/map.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_text.hpp>
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

std::string curve_commands(const std::optional<SweepCurve>& curve,
                           const compare::SweepResult& sweep, const SweepAxis& x,
                           const SweepAxis& y, std::string& data) {
  if (!curve) return "";
  const bool straight = curve->x_key == sweep.keys[x.key] && curve->y_key == sweep.keys[y.key];
  const bool turned = curve->x_key == sweep.keys[y.key] && curve->y_key == sweep.keys[x.key];
  if (!straight && !turned) return "";
  data = "$curve << EOD\nx,y\n";  // a header, as in every table
  for (const auto& [a, b] : curve->points)
    data += straight ? fmt::format("{},{}\n", a, b) : fmt::format("{},{}\n", b, a);
  data += "EOD\n";
  return fmt::format(", \\\n  $curve using 1:2 with lines lw 3 lc rgb '#D55E00' title '{}'",
                     shown(curve->title));
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
  const bool error = series.quantity == "error";
  const bool positive = logarithmic(sweep, series);
  Figure figure;
  figure.name = figure_name("map", series);
  if (width != series.widths.front()) figure.name += fmt::format("_n{}", width);
  figure.title = joined(joined(title_of(series), width_title(series, width)), group.title);
  figure.csv = fmt::format("{},{},left,right,bottom,top,value,predicted\n", x.name, y.name);
  const compare::SweepPoint* best = nullptr;
  double least = 0.0;
  std::vector<double> all_values;
  for (const std::size_t i : group.points) {
    const compare::SweepPoint& point = sweep.points[i];
    for (const std::int64_t any : mapped_widths(series))
      if (const compare::SweepNumber* number = find_number(point, series, any))
        all_values.push_back(number->value);
    const compare::SweepNumber* of = find_number(point, series, width);
    if (of == nullptr || !std::isfinite(of->value) || (positive && of->value <= 0.0)) continue;
    const double at_x = position(x, point);
    const double at_y = position(y, point);
    const auto [left, right] = cell(x, at_x);
    const auto [bottom, top] = cell(y, at_y);
    figure.csv += fmt::format("{},{},{},{},{},{},{},{}\n", at_x, at_y, left, right, bottom, top,
                              of->value, or_nan(of->predicted));
    if (best != nullptr && of->value >= least) continue;
    best = &point;
    least = of->value;
  }
  if (best == nullptr) return std::nullopt;
  std::string data;
  const std::string over = curve_commands(curve, sweep, x, y, data);
  const auto range = [](const SweepAxis& axis, const char* name) {
    return fmt::format("set {}range [{}:{}]\n", name, cell(axis, axis.numbers.front()).first,
                       cell(axis, axis.numbers.back()).second);
  };
  figure.plot = data + "eval(sequential)\n" + axis_commands(x, "x") + axis_commands(y, "y") +
                range(x, "x") + range(y, "y") +
                // Room for labels such as 0.015, of which gnuplot leaves too little.
                "set rmargin at screen 0.72\n" +
                fmt::format("set cblabel '{}'\n", error ? label_of(series) : series.quantity) +
                (positive ? log_axis("cb", all_values) : few_tics("cb", all_values)) +
                "set border 15\n";
  if (error)
    figure.plot +=
        fmt::format("set label 1 '' at {},{} point pt 3 ps 2 lw 2 lc rgb 'white' front\n",
                    position(x, *best), position(y, *best));
  figure.plot += key_above +
                 fmt::format("plot '{}.csv' using 1:2:3:4:5:6:7 with boxxyerror lc palette notitle",
                             figure.name) +
                 over + "\n";
  figure.caption = fmt::format("{} over {} and {}.", figure.title, x.name, y.name);
  figure.caption += meaning_of(series);
  if (error) figure.caption += " The star marks the least error.";
  if (!over.empty()) figure.caption += " The orange curve is " + curve->title + ".";
  figure.is_map = true;
  return figure;
}

}  // namespace wideproof::report
