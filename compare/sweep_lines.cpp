// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep_lines.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/axis_text.hpp>
#include <wideproof/compare/figure_text.hpp>
#include <wideproof/compare/sweep_figure_text.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t most_groups = 8;

/// The rows of one line, by x, and all that the y axis has to hold.
struct Line {
  std::string rows;
  bool predicted = false;
  std::vector<double> values;
};

Line line_of(const SweepResult& sweep, const SweepSeries& series, std::int64_t width,
             const SweepAxis& x, const std::vector<std::size_t>& points, std::size_t number) {
  std::vector<std::pair<double, const SweepNumber*>> row;
  for (const std::size_t i : points)
    if (const SweepNumber* of = find_number(sweep.points[i], series, width))
      if (std::isfinite(of->value)) row.emplace_back(position(x, sweep.points[i]), of);
  std::sort(row.begin(), row.end());
  Line line;
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

}  // namespace

std::optional<Figure> sweep_lines(const SweepResult& sweep, const std::vector<SweepAxis>& axes,
                                  const SweepSeries& series) {
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
  bool any_prediction = false;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t w = 0; w < widths.size(); ++w) {
      const Line line = line_of(sweep, series, widths[w], x, groups[g].points, g + 1);
      if (line.rows.empty()) continue;
      // Where no line is predicted, one leads the eye.
      const char* style = line.predicted ? "4:3:3:5:6 with xyerrorbars" : "4:5:6 with yerrorlines";
      figure.csv += line.rows;
      values.insert(values.end(), line.values.begin(), line.values.end());
      const std::string from = fmt::format(
          "'{}.csv' using ($1 == {} && $2 == {} ? $3 : NaN):", figure.name, g + 1, widths[w]);
      const std::size_t type = (groups.size() == 1 ? w : g) % 8 + 1;
      const bool hollow = groups.size() > 1 && w > 0;
      const std::string title = groups.size() == 1 ? width_title(series, widths[w])
                                : hollow           ? ""
                                                   : groups[g].title;
      items.push_back(from +
                      fmt::format("{} lt {}{} {}", style, type, hollow ? " pt 6" : "",
                                  title.empty() ? "notitle" : "title '" + shown(title) + "'"));
      if (line.predicted && w == 0)
        items.push_back(from + fmt::format("7 with lines lt {} notitle", type));
      any_prediction = any_prediction || line.predicted;
    }
  }
  if (items.empty()) return std::nullopt;
  const bool networks = groups.size() > 1 && widths.size() > 1;
  if (networks)
    items.push_back(fmt::format("NaN with points pt 6 lc rgb 'black' title '{}'",
                                width_title(series, widths.back())));
  figure.plot = std::string(key_above) + axis_commands(x, "x") +
                fmt::format("set ylabel '{}'\n", label_of(series)) +
                (logarithmic(sweep, series) ? log_axis("y", values) : "") +
                fmt::format("plot {}\n", fmt::join(items, ", \\\n  "));
  figure.caption = fmt::format("{} against the {}. Dots are measured, with 95% intervals",
                               title_of(series), x.name);
  if (networks)
    figure.caption += fmt::format("; hollow ones are networks of width {}", widths.back());
  figure.caption += any_prediction ? "; lines are predicted." : "; lines join them.";
  if (groups.size() < all_groups.size())
    figure.caption += fmt::format(" {} of {} lines are shown; the table of the sweep has all.",
                                  groups.size(), all_groups.size());
  figure.height_over_width = 0.9;
  return figure;
}

}  // namespace wideproof::compare
