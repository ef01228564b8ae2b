// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/trace_figures.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/width_lines.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

/// How traces of one name are drawn.
struct Manner {
  std::string_view name;
  const char* title;
  const char* caption;  ///< what is on the axes, a sentence
  const char* axes;     ///< gnuplot commands
  enum class Y { linear, logarithmic } y = Y::linear;
  enum class X { given, widths, widths_side_by_side } x = X::given;
};

constexpr std::array<Manner, 6> manners = {{
    {"correlation_map", "Correlation maps",
     "How a layer maps the correlation c of two inputs to that of the next layer, c′; bars are of "
     "c′ alone. Rings mark where correlations come to rest: the line crosses the diagonal from "
     "above, or ends at c = 1 above it.",
     "set xrange [-1:1.05]\nset xtics 0.5\nset ytics 0.5\n"
     "set xlabel 'correlation {/:Italic c} at a layer'\nset ylabel '{/:Italic c′} at the next'\n"},
    {"correlation_by_layer", "Correlation from layer to layer",
     "Correlation of the kernel that each layer sees, for the two inputs nearest to a right angle, "
     "the networks being the widest.",
     "set xlabel 'layer {/:Italic l}'\nset ylabel 'correlation {/:Italic c_l}'\nset xtics 1\n"
     "set autoscale xfix\nset offsets 0.3, 0.3, graph 0.05, graph 0.05\n"},
    {"kernel_angle", "Kernel of the last layer against angle",
     "Entry of the last layer's Gram matrix for two inputs against the angle between them.",
     "set xrange [-4:184]\nset xtics 45\n"
     "set xlabel 'angle between inputs {/:Italic θ} (degrees)'\n"
     "set ylabel 'Gram {/:Italic G}({/:Italic θ})'\n"},
    {"norm_by_width", "Norm against width",
     "Mean over networks of the norm (the diagonal of the last layer's Gram matrix).",
     "set ylabel 'mean norm {/:Italic G_{aa}}'\nset offsets 0, 0, graph 0.05, graph 0.05\n",
     Manner::Y::linear, Manner::X::widths_side_by_side},
    {"fluctuation_by_width", "Fluctuation of one network's norm",
     "n times the variance of one network's norm at the last layer, over the norm squared; the "
     "line is its limit.",
     "set ylabel '{/:Italic n} Var({/:Italic G_{aa}}) / {/:Italic G_{aa}}²'\n",
     Manner::Y::logarithmic, Manner::X::widths_side_by_side},
    {"deviation_by_width", "How far one network is off",
     "Root mean square deviation of one network's Gram matrix from the mean at the last layer, "
     "over "
     "all its entries and relative to the norm. Lines fall as √(v/n), v being the predicted limit "
     "of n·Var: where a line is twice as high, networks have to be four times as wide.",
     "set ylabel 'relative deviation of {/:Italic G}'\n", Manner::Y::logarithmic,
     Manner::X::widths},
}};

/// One point's trace in a figure.
struct Drawn {
  std::size_t point = 0;
  const SweepTrace* trace = nullptr;
};

std::vector<Drawn> with_trace(const std::vector<std::vector<SweepTrace>>& traces,
                              std::string_view name) {
  std::vector<Drawn> all;
  for (std::size_t i = 0; i < traces.size(); ++i)
    for (const SweepTrace& trace : traces[i])
      if (trace.name == name) all.push_back({i, &trace});
  return all;
}

/// Where correlations come to rest: x at which the line crosses the diagonal from above to below,
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

std::string rows_of(const SweepTrace& trace, std::size_t point, double floor) {
  std::string csv;
  for (std::size_t i = 0; i < trace.line_x.size(); ++i)
    csv += fmt::format("predicted,{},{},{},,\n", point, trace.line_x[i], trace.line_y[i]);
  for (std::size_t i = 0; i < trace.dot_x.size(); ++i) {
    const double half = normal_95 * trace.dot_error[i];
    csv += fmt::format("measured,{},{},{},{},{}\n", point, trace.dot_x[i], trace.dot_y[i],
                       std::max(trace.dot_y[i] - half, floor), trace.dot_y[i] + half);
  }
  return csv;
}

/// What a vertical axis has to hold: of a logarithmic one only what is positive.
std::vector<double> heights(const std::vector<Drawn>& drawn, bool is_logarithmic) {
  std::vector<double> numbers;
  for (const auto& [point, trace] : drawn)
    for (const auto* of : {&trace->line_y, &trace->dot_y})
      for (const double number : *of)
        if (!is_logarithmic || number > 0.0) numbers.push_back(number);
  return numbers;
}

std::string x_axis(const std::vector<Drawn>& drawn) {
  std::set<std::int64_t> widths;
  for (const auto& [point, trace] : drawn)
    for (const auto& x : {trace->line_x, trace->dot_x})
      for (const double width : x) widths.insert(std::llround(width));
  return width_axis({widths.begin(), widths.end()});
}

std::string which_points(std::size_t drawn, std::size_t all) {
  return drawn == all ? "" : fmt::format(" Drawn are {} of the {} points.", drawn, all);
}

std::optional<Figure> figure_of(const Manner& manner, const compare::SweepResult& sweep,
                                const std::vector<std::vector<SweepTrace>>& traces) {
  const std::vector<Drawn> all = with_trace(traces, manner.name);
  std::vector<Drawn> drawn;
  for (const std::size_t i : spread_out(all.size(), most_traces)) drawn.push_back(all[i]);
  if (drawn.empty()) return std::nullopt;
  const bool is_map = manner.name == "correlation_map";
  const bool by_width = manner.x != Manner::X::given;
  const bool is_logarithmic = manner.y == Manner::Y::logarithmic;
  const std::vector<double> numbers = heights(drawn, is_logarithmic);
  if (numbers.empty()) return std::nullopt;
  const double lowest = *std::min_element(numbers.begin(), numbers.end());
  const double highest = *std::max_element(numbers.begin(), numbers.end());
  // Bars that reach below zero end below what a logarithmic axis shows.
  const double floor = is_logarithmic ? 0.5 * lowest : -std::numeric_limits<double>::infinity();
  std::vector<double> with_bars = numbers;
  for (const auto& [point, trace] : drawn)
    for (std::size_t i = 0; i < trace->dot_y.size(); ++i)
      for (const double sign : {-1.0, 1.0})
        with_bars.push_back(trace->dot_y[i] + sign * normal_95 * trace->dot_error[i]);
  std::vector<CurveName> names;
  for (const auto& [point, trace] : drawn) names.push_back(curve_name(sweep, point));
  const FigureKey key = figure_key(names);
  const std::string name = fmt::format("sweep_{}", manner.name);
  Figure figure{
      .name = name,
      .title = manner.title,
      .caption = fmt::format("{} Lines are predicted, dots measured, with 95% intervals, "
                             "which are often smaller than the dots.{}{}",
                             manner.caption, which_points(drawn.size(), all.size()), key.names),
      .csv = "series,point,x,y,low,high\n",
      .plot = {},
      .height_over_width = 0.8 + key.height};
  std::vector<std::string> items;
  if (is_map) items.emplace_back("x with lines lc rgb '#bbbbbb' lw 1 notitle");
  std::vector<std::string> dots;
  int line = 0;
  for (const auto& [point, trace] : drawn) {
    figure.csv += rows_of(*trace, point + 1, floor);
    ++line;
    const auto x_of = [number = point + 1](const char* series, double aside) {
      return fmt::format("(strcol(1) eq '{}' && $2 == {} ? $3 * {:.5g} : NaN)", series, number,
                         aside);
    };
    const auto where = [&](const char* series) {
      return fmt::format("'{}.csv' using {}", name, x_of(series, 1.0));
    };
    // A plot of nothing, so that the key is in order and shows the line and the dot.
    items.push_back(fmt::format("NaN with linespoints lt {} title '{}'", line,
                                key.titles[static_cast<std::size_t>(line - 1)]));
    if (!trace->line_x.empty())  // a cross where there is but one width
      items.push_back(fmt::format("{}:4 with {} lt {} notitle", where("predicted"),
                                  trace->line_x.size() > 1 ? "lines" : "points pt 2 ps 1.2", line));
    if (!trace->dot_x.empty()) {
      // Dots that would hide each other stand side by side, in the order of the key.
      const double aside = manner.x == Manner::X::widths_side_by_side
                               ? std::pow(1.05, line - 0.5 * static_cast<double>(drawn.size() + 1))
                               : 1.0;
      dots.push_back(
          fmt::format("'{0}.csv' using {1}:4:{1}:{1}:5:6 with xyerrorbars lt {2} lw 1 notitle",
                      name, x_of("measured", aside), line));
    }
    if (!is_map) continue;
    const std::vector<double> rest = resting_points(*trace);
    for (const double c : rest) figure.csv += fmt::format("rest,{},{},{},,\n", point + 1, c, c);
    if (!rest.empty())
      dots.push_back(
          fmt::format("{}:4 with points lt {} pt 6 ps 1.4 notitle", where("rest"), line));
  }
  items.insert(items.end(), dots.begin(), dots.end());
  figure.plot =
      key.commands + (by_width ? x_axis(drawn) : std::string()) +
      (is_map ? fmt::format("set yrange [{}:1.05]\n", std::min(lowest, 0.0) - 0.05)
              : std::string()) +
      (is_logarithmic ? log_axis("y", {0.6 * lowest, 1.6 * highest}) : few_tics("y", with_bars)) +
      manner.axes + plot(items);
  return figure;
}

}  // namespace

std::vector<Figure> trace_figures(const compare::SweepResult& sweep,
                                  const std::vector<std::vector<SweepTrace>>& traces) {
  std::vector<Figure> figures;
  for (const Manner& manner : manners)
    if (auto figure = figure_of(manner, sweep, traces)) figures.push_back(std::move(*figure));
  return figures;
}

}  // namespace wideproof::report
