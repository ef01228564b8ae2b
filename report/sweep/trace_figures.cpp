// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/trace_figures.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/figure/normal_interval.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

/// One point's trace in a figure.
struct Drawn {
  std::size_t point = 0;
  const SweepTrace* trace = nullptr;
};

/// By their first appearance, be it in a trace that is empty: points without one do not change the
/// order.
std::vector<const TracedFigure*> figures_of(const std::vector<std::vector<SweepTrace>>& traces) {
  std::vector<const TracedFigure*> figures;
  for (const std::vector<SweepTrace>& of_point : traces)
    for (const SweepTrace& trace : of_point)
      if (std::none_of(figures.begin(), figures.end(), [&](const TracedFigure* known) {
            return known->name == trace.figure->name;
          }))
        figures.push_back(trace.figure.get());
  return figures;
}

std::vector<Drawn> with_trace(const std::vector<std::vector<SweepTrace>>& traces,
                              const TracedFigure& figure) {
  std::vector<Drawn> all;
  for (std::size_t i = 0; i < traces.size(); ++i)
    for (const SweepTrace& trace : traces[i])
      if (trace.figure->name == figure.name && !trace.is_empty()) all.push_back({i, &trace});
  return all;
}

/// Where numbers come to rest: x at which the line crosses the diagonal from above to below,
/// or its end at 1 where it comes from above.
std::vector<double> resting_points(const SweepTrace& map) {
  constexpr double on_the_diagonal = 1e-9;
  std::vector<double> found;
  double above_at = std::nan("");  // x of the last point that lies above, and by how much
  double above = 0.0;
  for (std::size_t i = 0; i < map.line_x.size(); ++i) {
    const double excess = map.line_y[i] - map.line_x[i];
    if (excess > on_the_diagonal) {
      above_at = map.line_x[i];
      above = excess;
    } else if (!std::isnan(above_at)) {
      const double x = map.line_x[i];
      const bool is_on_it = excess > -on_the_diagonal;
      found.push_back(is_on_it ? x : above_at + (x - above_at) * above / (above - excess));
      above_at = std::nan("");
    }
  }
  return found;
}

std::string rows_of(const SweepTrace& trace, std::size_t number, double floor) {
  std::string csv;
  for (std::size_t i = 0; i < trace.line_x.size(); ++i)
    csv += fmt::format("predicted,{},{},{},,\n", number, trace.line_x[i], trace.line_y[i]);
  for (std::size_t i = 0; i < trace.dot_x.size(); ++i) {
    const double half = normal_95 * trace.dot_error[i];
    csv += fmt::format("measured,{},{},{},{},{}\n", number, trace.dot_x[i], trace.dot_y[i],
                       std::max(trace.dot_y[i] - half, floor), trace.dot_y[i] + half);
  }
  return csv;
}

/// What the vertical axis has to hold.
struct Heights {
  std::vector<double> with_bars;  ///< lines, dots and the ends of bars
  double lowest = 0.0;            ///< without bars
  double highest = 0.0;
  double floor = 0.0;  ///< bars that reach further down end here
};

/// Of a logarithmic axis only what is positive; nullopt where nothing is.
std::optional<Heights> heights_of(const std::vector<Drawn>& drawn, bool is_logarithmic) {
  Heights heights;
  std::vector<double>& numbers = heights.with_bars;
  for (const auto& [point, trace] : drawn)
    for (const auto* y : {&trace->line_y, &trace->dot_y})
      for (const double number : *y)
        if (!is_logarithmic || number > 0.0) numbers.push_back(number);
  if (numbers.empty()) return std::nullopt;
  heights.lowest = *std::min_element(numbers.begin(), numbers.end());
  heights.highest = *std::max_element(numbers.begin(), numbers.end());
  // Bars that reach below zero end below what a logarithmic axis shows.
  heights.floor = is_logarithmic ? 0.5 * heights.lowest : -std::numeric_limits<double>::infinity();
  for (const auto& [point, trace] : drawn)
    for (std::size_t i = 0; i < trace->dot_y.size(); ++i)
      for (const double sign : {-1.0, 1.0})
        numbers.push_back(trace->dot_y[i] + sign * normal_95 * trace->dot_error[i]);
  return heights;
}

std::string x_axis(const std::vector<Drawn>& drawn) {
  std::set<std::int64_t> widths;
  for (const auto& [point, trace] : drawn)
    for (const auto& x : {trace->line_x, trace->dot_x})
      for (const double width : x) widths.insert(std::llround(width));
  return width_axis({widths.begin(), widths.end()});
}

std::string axes_of(const TracedFigure& traced, const std::vector<Drawn>& drawn,
                    const Heights& heights) {
  std::string axes;
  if (traced.x != TracedFigure::X::given) axes += x_axis(drawn);
  if (traced.is_return_map)
    axes += fmt::format("set yrange [{}:1.05]\n", std::min(heights.lowest, 0.0) - 0.05);
  axes += traced.y == TracedFigure::Y::logarithmic
              ? log_axis("y", {0.6 * heights.lowest, 1.6 * heights.highest})
              : few_tics("y", heights.with_bars);
  return axes + traced.axes;
}

/// What gnuplot draws of all traces: lines below dots.
struct PlottedTraces {
  std::string csv = "series,point,x,y,low,high\n";
  std::vector<std::string> lines;
  std::vector<std::string> dots;
};

/// Adds the trace that is the `line`-th of `count` in the key.
void add_trace(PlottedTraces& plotted, const TracedFigure& traced, const Drawn& drawn, double floor,
               const std::string& title, int line, std::size_t count) {
  const SweepTrace& trace = *drawn.trace;
  const std::size_t number = drawn.point + 1;
  plotted.csv += rows_of(trace, number, floor);
  const auto x_of = [&](const char* series, double aside) {
    return fmt::format("(strcol(1) eq '{}' && $2 == {} ? $3 * {:.5g} : NaN)", series, number,
                       aside);
  };
  const auto from = [&](const char* series, double aside) {
    return fmt::format("'sweep_{}.csv' using {}", traced.name, x_of(series, aside));
  };
  // A plot of nothing, so that the key is in order and shows the line and the dot.
  plotted.lines.push_back(fmt::format("NaN with linespoints lt {} title '{}'", line, title));
  if (!trace.line_x.empty())  // a cross where there is but one width
    plotted.lines.push_back(fmt::format("{}:4 with {} lt {} notitle", from("predicted", 1.0),
                                        trace.line_x.size() > 1 ? "lines" : "points pt 2 ps 1.2",
                                        line));
  if (!trace.dot_x.empty()) {
    // Dots that would hide each other stand side by side, in the order of the key.
    const double aside = traced.x == TracedFigure::X::widths_side_by_side
                             ? std::pow(1.05, line - 0.5 * static_cast<double>(count + 1))
                             : 1.0;
    plotted.dots.push_back(fmt::format("{0}:4:{1}:{1}:5:6 with xyerrorbars lt {2} lw 1 notitle",
                                       from("measured", aside), x_of("measured", aside), line));
  }
  if (!traced.is_return_map) return;
  const std::vector<double> rest = resting_points(trace);
  for (const double x : rest) plotted.csv += fmt::format("rest,{},{},{},,\n", number, x, x);
  if (!rest.empty())
    plotted.dots.push_back(
        fmt::format("{}:4 with points lt {} pt 6 ps 1.4 notitle", from("rest", 1.0), line));
}

std::string which_points(std::size_t drawn, std::size_t all) {
  return drawn == all ? "" : fmt::format(" Drawn are {} of the {} points.", drawn, all);
}

std::optional<Figure> figure_of(const TracedFigure& traced, const compare::SweepResult& sweep,
                                const std::vector<std::vector<SweepTrace>>& traces) {
  const std::vector<Drawn> all = with_trace(traces, traced);
  std::vector<Drawn> drawn;
  std::vector<CurveName> names;
  for (const std::size_t i : spread_out(all.size(), most_traces)) {
    drawn.push_back(all[i]);
    names.push_back(curve_name(sweep, all[i].point));
  }
  if (drawn.empty()) return std::nullopt;
  const auto heights = heights_of(drawn, traced.y == TracedFigure::Y::logarithmic);
  if (!heights) return std::nullopt;
  const FigureKey key = figure_key(names);
  PlottedTraces plotted;
  if (traced.is_return_map)
    plotted.lines.emplace_back("x with lines lc rgb '#bbbbbb' lw 1 notitle");
  for (std::size_t i = 0; i < drawn.size(); ++i)
    add_trace(plotted, traced, drawn[i], heights->floor, key.titles[i], static_cast<int>(i) + 1,
              drawn.size());
  std::vector<std::string> items = std::move(plotted.lines);
  items.insert(items.end(), plotted.dots.begin(), plotted.dots.end());
  return Figure{
      .name = "sweep_" + traced.name,
      .title = traced.title,
      .caption = fmt::format("{} Lines are predicted, dots measured, with 95% intervals, "
                             "which are often smaller than the dots.{}{}",
                             traced.caption, which_points(drawn.size(), all.size()), key.names),
      .csv = std::move(plotted.csv),
      .plot = key.commands + axes_of(traced, drawn, *heights) + plot(items),
      .height_over_width = 0.8 + key.height};
}

}  // namespace

std::vector<Figure> trace_figures(const compare::SweepResult& sweep,
                                  const std::vector<std::vector<SweepTrace>>& traces) {
  std::vector<Figure> figures;
  for (const TracedFigure* traced : figures_of(traces))
    if (auto figure = figure_of(*traced, sweep, traces)) figures.push_back(std::move(*figure));
  return figures;
}

}  // namespace wideproof::report
