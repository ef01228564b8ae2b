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
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/figure/normal_interval.hpp>
#include <wideproof/report/sweep/axes.hpp>
#include <wideproof/report/sweep/figure_text.hpp>
#include <wideproof/report/sweep/names.hpp>
#include <wideproof/report/sweep/point_styles.hpp>

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

/// Around the only place that anything stands at; else gnuplot chooses.
std::string given_axis(const std::vector<Drawn>& drawn) {
  std::set<double> places;
  for (const auto& [point, trace] : drawn) {
    places.insert(trace->line_x.begin(), trace->line_x.end());
    places.insert(trace->dot_x.begin(), trace->dot_x.end());
  }
  if (places.size() != 1) return "";
  const double x = *places.begin();
  const double reach = x == 0.0 ? 1.0 : 0.1 * std::abs(x);
  return fmt::format("set xrange [{}:{}]\n", x - reach, x + reach);
}

std::string x_axis(const TracedFigure& traced, const std::vector<Drawn>& drawn) {
  if (traced.x == TracedFigure::X::given) return given_axis(drawn);
  std::set<std::int64_t> counts;
  for (const auto& [point, trace] : drawn)
    for (const auto& x : {trace->line_x, trace->dot_x})
      for (const double count : x) counts.insert(std::llround(count));
  if (traced.x == TracedFigure::X::layers) return layer_tics(*counts.rbegin());
  return width_axis({counts.begin(), counts.end()});
}

std::string axes_of(const TracedFigure& traced, const std::vector<Drawn>& drawn,
                    const Heights& heights) {
  std::string axes = x_axis(traced, drawn);
  if (traced.y == TracedFigure::Y::logarithmic)
    axes += log_axis("y", {0.6 * heights.lowest, 1.6 * heights.highest});
  else if (traced.is_return_map)
    axes += fmt::format("set yrange [{}:1.05]\n", std::min(heights.lowest, 0.0) - 0.05) +
            few_tics("y", heights.with_bars);
  else
    axes += fitted_axis("y", heights.with_bars);
  return axes + traced.axes;
}

/// What gnuplot draws of all traces: lines below dots.
struct PlottedTraces {
  std::string csv = "series,point,x,y,low,high\n";
  std::vector<std::string> lines;
  std::vector<std::string> dots;
  bool has_dots = false;  ///< that were measured
};

/// Two keys that vary tell points apart by colour and marker: the one along which lines are drawn
/// by markers, so that colours are those of the lines.
std::optional<StyledKeys> styled_keys(const compare::SweepResult& sweep) {
  std::vector<std::size_t> varying;
  for (const SweepAxis& axis : sweep_axes(sweep))
    if (varies(sweep, axis.key)) varying.push_back(axis.key);
  if (varying.size() != 2) return std::nullopt;
  return StyledKeys{.colour = varying[1], .marker = varying[0]};
}

/// Side by side: dots of one width, of so many points at most.
constexpr std::size_t most_side_by_side = 4;

/// The points whose dots are drawn: all, or of many side by side those at the ends of both keys
/// that tell points apart, else some spread over all. By their place among those drawn.
std::vector<std::size_t> dotted_of(const TracedFigure& traced, const compare::SweepResult& sweep,
                                   const std::vector<Drawn>& drawn) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < drawn.size(); ++i)
    if (!drawn[i].trace->dot_x.empty()) all.push_back(i);
  if (traced.x != TracedFigure::X::widths_side_by_side || all.size() <= most_side_by_side)
    return all;
  std::vector<std::size_t> some;
  if (const auto keys = styled_keys(sweep)) {
    const auto is_end = [&](std::size_t i, std::size_t key) {
      const std::string& value = sweep.points[drawn[i].point].values[key];
      return value == sweep.points[drawn.front().point].values[key] ||
             value == sweep.points[drawn.back().point].values[key];
    };
    for (const std::size_t i : all)
      if (is_end(i, keys->colour) && is_end(i, keys->marker)) some.push_back(i);
  }
  if (some.empty() || some.size() > most_side_by_side) {
    some.clear();
    for (const std::size_t k : spread_out(all.size(), most_side_by_side)) some.push_back(all[k]);
  }
  return some;
}

/// Whether the lines of two points are the same.
bool have_equal_lines(const std::vector<Drawn>& drawn) {
  constexpr double rounding = 1e-9;
  const auto equal = [&](const SweepTrace& one, const SweepTrace& other) {
    return !one.line_y.empty() && one.line_x == other.line_x &&
           std::equal(one.line_y.begin(), one.line_y.end(), other.line_y.begin(),
                      other.line_y.end(), [&](double a, double b) {
                        return std::abs(a - b) <= rounding * std::max(std::abs(a), std::abs(b));
                      });
  };
  for (std::size_t i = 0; i < drawn.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (equal(*drawn[i].trace, *drawn[k].trace)) return true;
  return false;
}

/// Adds the trace of the i-th point that is drawn, without dots where `place` is nullopt: else it
/// is the place of its dots among `dotted`.
void add_trace(PlottedTraces& plotted, const TracedFigure& traced, const Drawn& drawn, double floor,
               const PointStyles& styles, std::size_t i, std::optional<std::size_t> place,
               std::size_t dotted) {
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
  if (trace.line_x.size() > 1)
    plotted.lines.push_back(
        fmt::format("{}:4 with lines {} notitle", from("predicted", 1.0), styles.line(i)));
  else if (!trace.line_x.empty())  // a cross where there is but one width
    plotted.lines.push_back(fmt::format("{}:4 with points {} pt 2 ps 1.2 notitle",
                                        from("predicted", 1.0), styles.line(i)));
  if (place) {
    // Dots that would hide each other stand side by side, in the order of the key.
    const double aside = traced.x == TracedFigure::X::widths_side_by_side
                             ? std::pow(1.05, static_cast<double>(*place) -
                                                  0.5 * (static_cast<double>(dotted) - 1.0))
                             : 1.0;
    plotted.dots.push_back(fmt::format("{0}:4:{1}:{1}:5:6 with xyerrorbars {2} lw 1 notitle",
                                       from("measured", aside), x_of("measured", aside),
                                       styles.dot(i)));
    plotted.has_dots = true;
  }
  if (!traced.is_return_map) return;
  const std::vector<double> rest = resting_points(trace);
  for (const double x : rest) plotted.csv += fmt::format("rest,{},{},{},,\n", number, x, x);
  if (!rest.empty())
    plotted.dots.push_back(
        fmt::format("{}:4 with points {} pt 6 ps 1.4 notitle", from("rest", 1.0), styles.line(i)));
}

std::string which_points(std::size_t drawn, std::size_t all) {
  return drawn == all ? "" : fmt::format(" Drawn are {} of the {} points.", drawn, all);
}

PointStyles styles_of(const compare::SweepResult& sweep, const std::vector<Drawn>& all) {
  std::vector<std::size_t> points;
  std::vector<CurveName> names;
  for (const Drawn& drawn : all) {
    points.push_back(drawn.point);
    names.push_back(curve_name(sweep, drawn.point));
  }
  return {sweep, points, names, styled_keys(sweep)};
}

/// " Here they are inputs 1 and 3.", where traces say what they are of.
std::string about_text(const std::vector<Drawn>& drawn) {
  const std::string& about = drawn.front().trace->about;
  if (about.empty()) return {};
  const bool is_shared = std::all_of(
      drawn.begin(), drawn.end(), [&](const Drawn& other) { return other.trace->about == about; });
  return is_shared ? fmt::format(" Here they are {}.", about)
                   : " They are not the same two at every point.";
}

/// What the figure shows of the points that it draws.
std::string series_text(const TracedFigure& traced, const PlottedTraces& plotted,
                        const std::vector<Drawn>& drawn, std::size_t dotted) {
  std::string text = plotted.has_dots
                         ? "Lines are predicted, dots measured, with 95% intervals, which are "
                           "often smaller than the dots."
                         : "Lines are predicted.";
  if (have_equal_lines(drawn)) text += " Lines of which the same is predicted lie on each other.";
  if (traced.x != TracedFigure::X::widths_side_by_side || dotted < 2) return text;
  text += " Dots of one width stand side by side";
  const bool has_all = std::all_of(drawn.begin(), drawn.end(),
                                   [](const Drawn& one) { return !one.trace->dot_x.empty(); });
  return text +
         (has_all && dotted < drawn.size()
              ? fmt::format("; so that they can be told apart, only {} of the {} points have "
                            "them.",
                            dotted, drawn.size())
              : ".");
}

std::optional<Figure> figure_of(const TracedFigure& traced, const compare::SweepResult& sweep,
                                const std::vector<std::vector<SweepTrace>>& traces) {
  const std::vector<Drawn> all = with_trace(traces, traced);
  if (all.empty()) return std::nullopt;
  const PointStyles styles = styles_of(sweep, all);
  std::vector<Drawn> drawn;
  for (const std::size_t i : styles.drawn()) drawn.push_back(all[i]);
  const auto heights = heights_of(drawn, traced.y == TracedFigure::Y::logarithmic);
  if (!heights) return std::nullopt;
  const FigureKey key = styles.key();
  PlottedTraces plotted;
  if (traced.is_return_map)
    plotted.lines.emplace_back("x with lines lc rgb '#bbbbbb' lw 1 notitle");
  const std::vector<std::size_t> dotted = dotted_of(traced, sweep, drawn);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const auto found = std::find(dotted.begin(), dotted.end(), i);
    std::optional<std::size_t> place;
    if (found != dotted.end()) place = static_cast<std::size_t>(found - dotted.begin());
    add_trace(plotted, traced, drawn[i], heights->floor, styles, i, place, dotted.size());
  }
  std::vector<std::string> items = styles.entries(plotted.has_dots);
  items.insert(items.end(), plotted.lines.begin(), plotted.lines.end());
  items.insert(items.end(), plotted.dots.begin(), plotted.dots.end());
  return Figure{.name = "sweep_" + traced.name,
                .title = traced.title,
                .caption = fmt::format("{}{} {}{}{}", traced.caption, about_text(drawn),
                                       series_text(traced, plotted, drawn, dotted.size()),
                                       which_points(drawn.size(), all.size()), key.names),
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
