// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/lines.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/sweep/figure_text.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_groups = 8;

/// The rows of one line, by x, and all that the y axis has to hold.
struct Line {
  std::string rows;
  std::size_t count = 0;
  bool predicted = false;
  std::vector<double> values;
};

Line line_of(const compare::SweepResult& sweep, const SweepSeries& series, std::int64_t width,
             const SweepAxis& x, const SweepGroup& group, std::size_t group_number) {
  std::vector<std::pair<double, const compare::SweepNumber*>> by_x;
  for (const std::size_t i : group.points)
    if (const compare::SweepNumber* number = find_number(sweep.points[i], series, width))
      if (std::isfinite(number->value)) by_x.emplace_back(position(x, sweep.points[i]), number);
  std::sort(by_x.begin(), by_x.end());
  Line line;
  line.count = by_x.size();
  for (const auto& [at, number] : by_x) {
    line.predicted = line.predicted || std::isfinite(number->predicted);
    const double low = std::isnan(number->low) ? number->value : number->low;
    const double high = std::isnan(number->high) ? number->value : number->high;
    line.rows += fmt::format("{},{},{},{},{},{},{}\n", group_number, width, at, number->value,
                             or_nan(low), or_nan(high), or_nan(number->predicted));
    line.values.insert(line.values.end(), {number->value, low, high, number->predicted});
  }
  return line;
}

/// All groups, or `most_groups` of them evenly spaced.
std::vector<SweepGroup> some_of(const std::vector<SweepGroup>& groups) {
  if (groups.size() <= most_groups) return groups;
  std::vector<SweepGroup> some;
  for (std::size_t i = 0; i < most_groups; ++i)
    some.push_back(groups[i * (groups.size() - 1) / (most_groups - 1)]);
  return some;
}

/// Every width where there is one group; else the first, of width 0 where it was measured, and the
/// widest networks.
std::vector<std::int64_t> shown_widths(const SweepSeries& series, std::size_t groups) {
  if (groups == 1 || series.widths.size() <= 2) return series.widths;
  return {series.widths.front(), series.widths.back()};
}

/// What a figure shows: a line for each of some groups of points at each of some widths.
struct ShownLines {
  const SweepAxis& x;
  const SweepSeries& series;
  std::vector<SweepGroup> groups;
  std::size_t all_groups = 0;
  std::vector<std::int64_t> widths;

  bool is_one_group() const { return groups.size() == 1; }
  /// Several groups have a colour each; the dots of their networks are hollow.
  bool has_hollow_dots() const { return !is_one_group() && widths.size() > 1; }
};

ShownLines shown_lines(const compare::SweepResult& sweep, const std::vector<SweepAxis>& axes,
                       const SweepSeries& series) {
  const std::vector<SweepGroup> all = sweep_groups(sweep, axes, 1);
  const std::vector<SweepGroup> groups = some_of(all);
  return {axes.front(), series, groups, all.size(), shown_widths(series, groups.size())};
}

FigureKey key_of(const ShownLines& what) {
  std::vector<std::string> titles;
  if (what.is_one_group())
    for (const std::int64_t width : what.widths) titles.push_back(width_title(what.series, width));
  else
    for (const SweepGroup& group : what.groups) titles.push_back(group.title);
  std::vector<CurveName> names;
  names.reserve(titles.size());
  for (const std::string& title : titles) names.push_back({title, shown(title)});
  std::vector<std::string> others;
  if (what.has_hollow_dots()) others.push_back(width_title(what.series, what.widths.back()));
  return figure_key(names, others);
}

/// Column 3, moved aside for the i-th of `count` curves: by 1.2% of the axis each, or less where
/// the values lie that close together.
std::string beside(const SweepAxis& axis, std::size_t i, std::size_t count) {
  const auto scale = [&](double at) { return axis.logarithmic ? std::log(at) : at; };
  if (axis.numbers.size() < 2 || count < 2) return "$3";
  const double span = scale(axis.numbers.back()) - scale(axis.numbers.front());
  double step = 0.012 * span;
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
  std::vector<std::string> items;
  std::vector<double> values;
  bool has_lines = false;    ///< that are predicted
  bool has_crosses = false;  ///< predictions of one point alone
  bool has_joins = false;    ///< lines that lead the eye from dot to dot
};

void add_line(PlottedLines& plotted, const Line& line, const ShownLines& what, const FigureKey& key,
              std::size_t g, std::size_t w) {
  const std::string file = figure_name("lines", what.series) + ".csv";
  // Where no line is predicted, one leads the eye.
  const bool is_joined = !line.predicted && line.count > 1;
  plotted.csv += line.rows;
  plotted.values.insert(plotted.values.end(), line.values.begin(), line.values.end());
  const auto from = [&](const std::string& at) {
    return fmt::format("($1 == {} && $2 == {} ? {} : NaN)", g + 1, what.widths[w], at);
  };
  // Dots that would hide each other stand side by side.
  const std::string x_dot =
      from(beside(what.x, g * what.widths.size() + w, what.groups.size() * what.widths.size()));
  const std::size_t curve = what.is_one_group() ? w : g;
  const std::size_t type = curve % 8 + 1;
  const bool is_hollow = !what.is_one_group() && w > 0;
  const std::string title = is_hollow ? "" : key.titles[curve];
  plotted.items.push_back(fmt::format(
      "'{}' using {}:{} lt {}{} {}", file, x_dot,
      is_joined ? "4:5:6 with yerrorlines" : fmt::format("4:{0}:{0}:5:6 with xyerrorbars", x_dot),
      type, is_hollow ? " pt 6" : "", title.empty() ? "notitle" : "title '" + title + "'"));
  plotted.has_joins = plotted.has_joins || is_joined;
  if (!line.predicted || w > 0) return;
  const bool is_cross = line.count == 1;
  plotted.items.push_back(fmt::format("'{}' using {}:7 with {} lt {} notitle", file, from("$3"),
                                      is_cross ? "points pt 2 ps 1.2" : "lines", type));
  (is_cross ? plotted.has_crosses : plotted.has_lines) = true;
}

std::string caption_of(const ShownLines& what, const PlottedLines& plotted, const FigureKey& key) {
  std::string caption = fmt::format("{} against the {}. Dots are measured, with 95% intervals",
                                    title_of(what.series), what.x.name);
  if (what.has_hollow_dots())
    caption += fmt::format("; hollow ones are networks of width {}", what.widths.back());
  if (plotted.has_lines) caption += "; lines are predicted";
  if (plotted.has_crosses) caption += "; crosses are predicted";
  if (plotted.has_joins && !plotted.has_lines) caption += "; lines join them";
  caption += "." + meaning_of(what.series) + key.names;
  if (what.groups.size() < what.all_groups)
    caption += fmt::format(" {} of {} lines are shown; the table of the sweep has all.",
                           what.groups.size(), what.all_groups);
  return caption;
}

}  // namespace

std::optional<Figure> sweep_lines(const compare::SweepResult& sweep,
                                  const std::vector<SweepAxis>& axes, const SweepSeries& series) {
  const ShownLines what = shown_lines(sweep, axes, series);
  const FigureKey key = key_of(what);
  PlottedLines plotted;
  for (std::size_t g = 0; g < what.groups.size(); ++g) {
    for (std::size_t w = 0; w < what.widths.size(); ++w) {
      const Line line = line_of(sweep, series, what.widths[w], what.x, what.groups[g], g + 1);
      if (line.count > 0) add_line(plotted, line, what, key, g, w);
    }
  }
  if (plotted.items.empty()) return std::nullopt;
  if (what.has_hollow_dots())
    plotted.items.push_back(fmt::format("NaN with points pt 6 lc rgb 'black' title '{}'",
                                        width_title(series, what.widths.back())));
  return Figure{
      .name = figure_name("lines", series),
      .title = title_of(series),
      .caption = caption_of(what, plotted, key),
      .csv = fmt::format("group,width,{},value,low,high,predicted\n", what.x.name) + plotted.csv,
      .plot = key.commands + axis_commands(what.x, "x") +
              fmt::format("set ylabel '{}'\n", shown(series.quantity->label)) +
              (logarithmic(sweep, series) ? log_axis("y", plotted.values)
                                          : few_tics("y", plotted.values)) +
              plot(plotted.items) + "\n",
      .height_over_width = 0.8 + key.height};
}

}  // namespace wideproof::report
