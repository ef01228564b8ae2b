// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/lines.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/sweep/figure_text.hpp>
#include <wideproof/report/sweep/names.hpp>
#include <wideproof/report/sweep/point_styles.hpp>

namespace wideproof::report {
namespace {

/// The rows of one line, by x, and all that the y axis has to hold.
struct Line {
  std::string rows;
  std::size_t dots = 0;  ///< that were measured
  std::size_t predicted = 0;
  std::vector<double> values;
};

/// A number, and where it lies.
struct Placed {
  double at = 0.0;
  const compare::SweepNumber* number = nullptr;
};

/// Whether a point has the values that the group's points share.
bool belongs(const compare::SweepPoint& point, const compare::SweepPoint& of_group,
             const std::vector<SweepAxis>& axes) {
  return std::all_of(axes.begin() + 1, axes.end(), [&](const SweepAxis& axis) {
    return point.values[axis.key] == of_group.values[axis.key];
  });
}

/// What is predicted of the series at points between those of a group.
std::vector<Placed> predicted_between(const compare::SweepResult& between,
                                      const compare::SweepPoint& of_group,
                                      const std::vector<SweepAxis>& axes,
                                      const SweepSeries& series) {
  std::vector<Placed> found;
  for (const compare::SweepPoint& point : between.points) {
    if (!belongs(point, of_group, axes)) continue;
    for (const compare::SweepNumber& number : point.numbers)
      if (number.quantity->name == series.quantity->name &&
          number.training_points == series.training_points && std::isfinite(number.predicted))
        found.push_back({position(axes.front(), point), &number});
  }
  return found;
}

Line line_of(std::vector<Placed> by_x, std::size_t group_number, std::int64_t width) {
  std::stable_sort(by_x.begin(), by_x.end(),
                   [](const Placed& one, const Placed& other) { return one.at < other.at; });
  Line line;
  for (const auto& [at, number] : by_x) {
    const bool is_dot = std::isfinite(number->value);
    line.dots += is_dot ? 1 : 0;
    line.predicted += std::isfinite(number->predicted) ? 1 : 0;
    const double low = std::isnan(number->low) ? number->value : number->low;
    const double high = std::isnan(number->high) ? number->value : number->high;
    line.rows +=
        fmt::format("{},{},{},{},{},{},{}\n", group_number, width, at, or_nan(number->value),
                    or_nan(low), or_nan(high), or_nan(number->predicted));
    line.values.insert(line.values.end(), {number->value, low, high, number->predicted});
  }
  return line;
}

/// Every width where there is one group; else the first, of width 0 where it was measured, and the
/// widest networks.
std::vector<std::int64_t> shown_widths(const SweepSeries& series, std::size_t groups) {
  if (groups == 1 || series.widths.size() <= 2) return series.widths;
  return {series.widths.front(), series.widths.back()};
}

/// What a figure shows: a line for each of some groups of points at each of some widths.
struct ShownLines {
  const compare::SweepResult& sweep;
  const std::vector<SweepAxis>& axes;
  const SweepSeries& series;
  std::vector<SweepGroup> all_groups;
  PointStyles styles;  ///< of the groups
  std::vector<std::int64_t> widths;

  const SweepAxis& x() const { return axes.front(); }
  std::size_t groups() const { return styles.drawn().size(); }
  const SweepGroup& group(std::size_t g) const { return all_groups[styles.drawn()[g]]; }
  bool is_one_group() const { return all_groups.size() == 1; }
  /// Several groups have a colour each; the dots of their networks are hollow.
  bool has_hollow_dots() const { return !is_one_group() && widths.size() > 1; }
};

/// The keys besides the first axis that tell groups apart, where they are two.
std::optional<StyledKeys> styled_keys_of_lines(const compare::SweepResult& sweep,
                                               const std::vector<SweepAxis>& axes) {
  std::vector<std::size_t> varying;
  for (std::size_t i = 1; i < axes.size(); ++i)
    if (varies(sweep, axes[i].key)) varying.push_back(axes[i].key);
  if (varying.size() != 2) return std::nullopt;
  return StyledKeys{.colour = varying[0], .marker = varying[1]};
}

ShownLines shown_lines(const compare::SweepResult& sweep, const std::vector<SweepAxis>& axes,
                       const SweepSeries& series) {
  const std::vector<SweepGroup> groups = sweep_groups(sweep, axes, 1);
  std::vector<std::size_t> points;
  std::vector<CurveName> names;
  // Of two keys the one on this axis has the markers in figures that lay points over each other.
  const auto varying = std::count_if(
      axes.begin(), axes.end(), [&](const SweepAxis& axis) { return varies(sweep, axis.key); });
  for (const SweepGroup& group : groups) {
    points.push_back(group.points.front());
    names.push_back({group.title, shown(group.title)});
  }
  return {sweep,
          axes,
          series,
          groups,
          PointStyles(sweep, points, names, styled_keys_of_lines(sweep, axes), varying == 2),
          shown_widths(series, groups.size())};
}

/// The key, and the plots of nothing that fill it.
struct KeyText {
  FigureKey key;
  std::vector<std::string> entries;
};

KeyText key_of(const ShownLines& what, bool has_dots) {
  if (!what.is_one_group()) {
    std::vector<std::string> others;
    KeyText text{{}, what.styles.entries(has_dots)};
    if (what.has_hollow_dots()) {
      others.push_back(width_title(what.series, what.widths.back()));
      text.entries.push_back(
          fmt::format("NaN with points pt 6 lc rgb 'black' title '{}'", others.back()));
    }
    text.key = what.styles.key(others);
    return text;
  }
  std::vector<CurveName> names;
  for (const std::int64_t width : what.widths) {
    const std::string title = width_title(what.series, width);
    names.push_back({title, shown(title)});
  }
  KeyText text{figure_key(names), {}};
  for (std::size_t w = 0; w < names.size(); ++w)
    if (!text.key.titles[w].empty())
      text.entries.push_back(
          fmt::format("NaN with linespoints lt {} title '{}'", w % 8 + 1, text.key.titles[w]));
  return text;
}

/// Column 3, moved aside for the i-th of `count` curves: by 0.8% of the axis each, 3% for all, or
/// less where the values lie that close together.
std::string beside(const SweepAxis& axis, std::size_t i, std::size_t count) {
  const auto scale = [&](double at) { return axis.logarithmic ? std::log(at) : at; };
  if (axis.numbers.size() < 2 || count < 2) return "$3";
  const double span = scale(axis.numbers.back()) - scale(axis.numbers.front());
  double step = std::min(0.008, 0.03 / static_cast<double>(count)) * span;
  for (std::size_t k = 1; k < axis.numbers.size(); ++k)
    step = std::min(step, 0.5 * (scale(axis.numbers[k]) - scale(axis.numbers[k - 1])) /
                              static_cast<double>(count));
  const double aside = step * (static_cast<double>(i) - 0.5 * (static_cast<double>(count) - 1.0));
  return axis.logarithmic ? fmt::format("$3*{:.5g}", std::exp(aside))
                          : fmt::format("$3{:+.5g}", aside);
}

/// What gnuplot draws, and what the caption has to say of it.
struct PlottedLines {
  std::string csv;
  std::vector<std::string> lines;  ///< below the dots
  std::vector<std::string> dots;
  std::vector<double> values;
  bool has_lines = false;    ///< that are predicted
  bool has_crosses = false;  ///< predictions of one point alone
  bool has_joins = false;    ///< lines that lead the eye from dot to dot
  bool are_beside = false;   ///< dots that would hide each other stand side by side
};

void add_line(PlottedLines& plotted, const Line& line, const ShownLines& what, std::size_t g,
              std::size_t w) {
  const std::string file = figure_name("lines", what.series) + ".csv";
  // Where no line is predicted, one leads the eye.
  const bool is_joined = line.predicted == 0 && line.dots > 1;
  plotted.csv += line.rows;
  plotted.values.insert(plotted.values.end(), line.values.begin(), line.values.end());
  const auto from = [&](const std::string& at) {
    return fmt::format("($1 == {} && $2 == {} ? {} : NaN)", g + 1, what.widths[w], at);
  };
  const std::string x_dot = from(plotted.are_beside ? beside(what.x(), g * what.widths.size() + w,
                                                             what.groups() * what.widths.size())
                                                    : "$3");
  const bool is_one = what.is_one_group();
  const std::string of_width = fmt::format("lt {}", w % 8 + 1);
  if (line.dots > 0)
    plotted.dots.push_back(fmt::format(
        "'{}' using {}:{} {} notitle", file, x_dot,
        is_joined ? "4:5:6 with yerrorlines" : fmt::format("4:{0}:{0}:5:6 with xyerrorbars", x_dot),
        is_one ? of_width : what.styles.dot(g, w > 0)));
  plotted.has_joins = plotted.has_joins || is_joined;
  if (line.predicted == 0 || w > 0) return;
  const bool is_cross = line.predicted == 1;
  plotted.lines.push_back(fmt::format("'{}' using {}:7 with {} {} notitle", file, from("$3"),
                                      is_cross ? "points pt 2 ps 1.2" : "lines",
                                      is_one ? of_width : what.styles.line(g)));
  (is_cross ? plotted.has_crosses : plotted.has_lines) = true;
}

std::string caption_of(const ShownLines& what, const PlottedLines& plotted, const FigureKey& key) {
  std::vector<std::string> parts;
  if (!plotted.dots.empty()) parts.emplace_back("Dots are measured, with 95% intervals");
  if (what.has_hollow_dots() && !plotted.dots.empty())
    parts.push_back(fmt::format("hollow ones are networks of width {}", what.widths.back()));
  if (plotted.are_beside && !plotted.dots.empty())
    parts.emplace_back("those of one value stand side by side around it");
  if (plotted.has_lines) parts.emplace_back("lines are predicted");
  if (plotted.has_crosses) parts.emplace_back("crosses are predicted");
  if (plotted.has_joins && !plotted.has_lines) parts.emplace_back("lines join them");
  if (plotted.dots.empty() && !parts.empty()) parts.front().front() = plotted.has_lines ? 'L' : 'C';
  std::string caption = fmt::format("{} against the {}. {}.", title_of(what.series), what.x().name,
                                    fmt::join(parts, "; "));
  caption += meaning_of(what.series) + key.names;
  if (what.groups() < what.all_groups.size())
    caption += fmt::format(" {} of {} lines are shown; the table of the sweep has all.",
                           what.groups(), what.all_groups.size());
  return caption;
}

/// Whether dots of one place would hide each other: where two of them are nearer than a twentieth
/// of all that is measured.
bool would_hide(const ShownLines& what) {
  constexpr double near = 0.05;
  std::map<double, std::vector<double>> by_place;
  std::vector<double> all;
  const bool is_logarithmic = logarithmic(what.sweep, what.series);
  for (std::size_t g = 0; g < what.groups(); ++g) {
    for (const std::size_t i : what.group(g).points) {
      const compare::SweepPoint& point = what.sweep.points[i];
      for (const std::int64_t width : what.widths) {
        const compare::SweepNumber* number = find_number(point, what.series, width);
        if (number == nullptr || !std::isfinite(number->value)) continue;
        all.push_back(is_logarithmic ? std::log(number->value) : number->value);
        by_place[position(what.x(), point)].push_back(all.back());
      }
    }
  }
  if (all.empty()) return false;
  const auto [least, most] = std::minmax_element(all.begin(), all.end());
  const double distance = near * (*most - *least);
  return std::any_of(by_place.begin(), by_place.end(), [&](auto& place) {
    std::vector<double>& values = place.second;
    std::sort(values.begin(), values.end());
    return std::adjacent_find(values.begin(), values.end(), [&](double low, double high) {
             return high - low <= distance;
           }) != values.end();
  });
}

/// Each group at each width.
PlottedLines plotted_lines(const ShownLines& what, const compare::SweepResult& between) {
  PlottedLines plotted;
  plotted.are_beside = would_hide(what);
  for (std::size_t g = 0; g < what.groups(); ++g) {
    for (std::size_t w = 0; w < what.widths.size(); ++w) {
      std::vector<Placed> by_x;
      for (const std::size_t i : what.group(g).points) {
        const compare::SweepPoint& point = what.sweep.points[i];
        const compare::SweepNumber* number = find_number(point, what.series, what.widths[w]);
        if (number != nullptr && std::isfinite(measured_or_predicted(*number)))
          by_x.push_back({position(what.x(), point), number});
      }
      if (by_x.empty()) continue;
      if (w == 0) {
        const auto& first = what.sweep.points[what.group(g).points.front()];
        const auto passed = predicted_between(between, first, what.axes, what.series);
        by_x.insert(by_x.end(), passed.begin(), passed.end());
      }
      add_line(plotted, line_of(std::move(by_x), g + 1, what.widths[w]), what, g, w);
    }
  }
  return plotted;
}

}  // namespace

std::optional<Figure> sweep_lines(const compare::SweepResult& sweep,
                                  const std::vector<SweepAxis>& axes, const SweepSeries& series,
                                  const compare::SweepResult& between) {
  const ShownLines what = shown_lines(sweep, axes, series);
  const PlottedLines plotted = plotted_lines(what, between);
  if (plotted.dots.empty() && plotted.lines.empty()) return std::nullopt;
  const KeyText text = key_of(what, !plotted.dots.empty());
  std::vector<std::string> items = text.entries;
  items.insert(items.end(), plotted.lines.begin(), plotted.lines.end());
  items.insert(items.end(), plotted.dots.begin(), plotted.dots.end());
  return Figure{
      .name = figure_name("lines", series),
      .title = fmt::format("{} against {}", title_of(series), what.x().name),
      .caption = caption_of(what, plotted, text.key),
      .csv = fmt::format("group,width,{},value,low,high,predicted\n", what.x().name) + plotted.csv,
      .plot = text.key.commands + axis_commands(what.x(), "x") +
              fmt::format("set ylabel '{}'\n", shown(series.quantity->label)) +
              (logarithmic(sweep, series) ? log_axis("y", plotted.values)
                                          : fitted_axis("y", plotted.values)) +
              plot(items) + "\n",
      .height_over_width = 0.8 + text.key.height};
}

}  // namespace wideproof::report
