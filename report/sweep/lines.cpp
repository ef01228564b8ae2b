// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/lines.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/report/figure/axis_text.hpp>
#include <wideproof/report/figure/figure_key.hpp>
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
             const SweepAxis& x, const std::vector<std::size_t>& points, std::size_t number) {
  std::vector<std::pair<double, const compare::SweepNumber*>> row;
  for (const std::size_t i : points)
    if (const compare::SweepNumber* of = find_number(sweep.points[i], series, width))
      if (std::isfinite(of->value)) row.emplace_back(position(x, sweep.points[i]), of);
  std::sort(row.begin(), row.end());
  Line line;
  line.count = row.size();
  for (const auto& [at, of] : row) {
    line.predicted = line.predicted || std::isfinite(of->predicted);
    const double low = std::isnan(of->low) ? of->value : of->low;
    const double high = std::isnan(of->high) ? of->value : of->high;
    line.rows += fmt::format("{},{},{},{},{},{},{}\n", number, width, at, of->value, or_nan(low),
                             or_nan(high), or_nan(of->predicted));
    line.values.insert(line.values.end(), {of->value, low, high, of->predicted});
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

/// Every width where there is one group; else the kernel and the widest networks.
std::vector<std::int64_t> shown_widths(const SweepSeries& series, std::size_t groups) {
  if (groups == 1 || series.widths.size() <= 2) return series.widths;
  return {series.widths.front(), series.widths.back()};
}

CurveName named(const std::string& title) {
  return {title, shown(title)};
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

}  // namespace

std::optional<Figure> sweep_lines(const compare::SweepResult& sweep,
                                  const std::vector<SweepAxis>& axes, const SweepSeries& series) {
  const SweepAxis& x = axes.front();
  const std::vector<SweepGroup> all_groups = sweep_groups(sweep, axes, 1);
  const std::vector<SweepGroup> groups = some_of(all_groups);
  const std::vector<std::int64_t> widths = shown_widths(series, groups.size());
  Figure figure;
  figure.name = figure_name("lines", series);
  figure.title = title_of(series);
  figure.csv = fmt::format("group,width,{},value,low,high,predicted\n", x.name);
  std::vector<std::string> items;
  std::vector<double> values;
  bool any_line = false;
  bool any_cross = false;
  bool any_joined = false;
  const bool networks = groups.size() > 1 && widths.size() > 1;
  std::vector<CurveName> names;
  if (groups.size() == 1)
    for (const std::int64_t width : widths) names.push_back(named(width_title(series, width)));
  else
    for (const SweepGroup& group : groups) names.push_back(named(group.title));
  const FigureKey key = figure_key(names, networks ? std::vector{width_title(series, widths.back())}
                                                   : std::vector<std::string>{});
  const std::size_t drawn_together = groups.size() * widths.size();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t w = 0; w < widths.size(); ++w) {
      const Line line = line_of(sweep, series, widths[w], x, groups[g].points, g + 1);
      if (line.rows.empty()) continue;
      // Where no line is predicted, one leads the eye.
      const bool is_joined = !line.predicted && line.count > 1;
      figure.csv += line.rows;
      values.insert(values.end(), line.values.begin(), line.values.end());
      const auto from = [&](const std::string& at) {
        return fmt::format("($1 == {} && $2 == {} ? {} : NaN)", g + 1, widths[w], at);
      };
      // Dots that would hide each other stand side by side.
      const std::string x_dot = from(beside(x, g * widths.size() + w, drawn_together));
      const std::size_t type = (groups.size() == 1 ? w : g) % 8 + 1;
      const bool hollow = groups.size() > 1 && w > 0;
      const std::string title = hollow ? "" : key.titles[groups.size() == 1 ? w : g];
      items.push_back(fmt::format("'{}.csv' using {}:{} lt {}{} {}", figure.name, x_dot,
                                  is_joined ? "4:5:6 with yerrorlines"
                                            : fmt::format("4:{0}:{0}:5:6 with xyerrorbars", x_dot),
                                  type, hollow ? " pt 6" : "",
                                  title.empty() ? "notitle" : "title '" + title + "'"));
      if (line.predicted && w == 0)
        items.push_back(fmt::format("'{}.csv' using {}:7 with {} lt {} notitle", figure.name,
                                    from("$3"), line.count > 1 ? "lines" : "points pt 2 ps 1.2",
                                    type));
      any_line = any_line || (line.predicted && w == 0 && line.count > 1);
      any_cross = any_cross || (line.predicted && w == 0 && line.count == 1);
      any_joined = any_joined || is_joined;
    }
  }
  if (items.empty()) return std::nullopt;
  if (networks)
    items.push_back(fmt::format("NaN with points pt 6 lc rgb 'black' title '{}'",
                                width_title(series, widths.back())));
  figure.plot = key.commands + axis_commands(x, "x") +
                fmt::format("set ylabel '{}'\n", label_of(series)) +
                (logarithmic(sweep, series) ? log_axis("y", values) : few_tics("y", values)) +
                fmt::format("plot {}\n", fmt::join(items, ", \\\n  "));
  figure.caption = fmt::format("{} against the {}. Dots are measured, with 95% intervals",
                               title_of(series), x.name);
  if (networks)
    figure.caption += fmt::format("; hollow ones are networks of width {}", widths.back());
  if (any_line) figure.caption += "; lines are predicted";
  if (any_cross) figure.caption += "; crosses are predicted";
  if (any_joined && !any_line) figure.caption += "; lines join them";
  figure.caption += "." + meaning_of(series) + key.names;
  if (groups.size() < all_groups.size())
    figure.caption += fmt::format(" {} of {} lines are shown; the table of the sweep has all.",
                                  groups.size(), all_groups.size());
  figure.height_over_width = 0.8 + key.height;
  return figure;
}

}  // namespace wideproof::report
