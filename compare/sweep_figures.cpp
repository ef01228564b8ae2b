// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep_figures.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/axis_text.hpp>
#include <wideproof/compare/sweep_axes.hpp>

namespace wideproof::compare {
namespace {

std::string or_nan(double number) {
  return std::isnan(number) ? "NaN" : fmt::format("{}", number);
}

constexpr std::size_t most_groups = 8;

std::string label_of(const SweepSeries& series) {
  return series.quantity == "error" ? "mean squared error" : series.quantity;
}

std::string name_of(const std::string& kind, const SweepSeries& series) {
  std::string name = "sweep_" + kind + "_" + series.quantity;
  if (series.training_points > 0) name += fmt::format("_P{}", series.training_points);
  return name;
}

std::string title_of(const SweepSeries& series) {
  std::string title = label_of(series);
  title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  if (series.training_points > 0) title += fmt::format(" at P = {}", series.training_points);
  return title;
}

/// Whether the numbers of a series belong on a logarithmic axis.
bool logarithmic(const SweepResult& sweep, const SweepSeries& series) {
  if (series.quantity != "error") return false;
  std::vector<double> numbers;
  for (const SweepPoint& point : sweep.points)
    for (const std::int64_t width : series.widths)
      if (const SweepNumber* of = find_number(point, series, width))
        if (std::isfinite(of->value)) numbers.push_back(of->value);
  return !numbers.empty() && *std::min_element(numbers.begin(), numbers.end()) > 0.0;
}

std::string axis_commands(const SweepAxis& axis, const char* name) {
  std::string text = fmt::format("set {}label '{}'\n", name, shown(axis.name));
  if (axis.logarithmic) return text + log_axis(name, axis.numbers);
  const double margin = std::max(0.05 * (axis.numbers.back() - axis.numbers.front()),
                                 axis.numbers.size() == 1 ? 1.0 : 0.0);
  text += fmt::format("set {}range [{:.6g}:{:.6g}]\n", name, axis.numbers.front() - margin,
                      axis.numbers.back() + margin);
  if (axis.numeric) return text;
  text += fmt::format("set {}tics (", name);
  for (std::size_t i = 0; i < axis.labels.size(); ++i)
    text += fmt::format("{}'{}' {}", i == 0 ? "" : ", ", shown(axis.labels[i]), i + 1);
  return text + ")\n";
}

std::string width_title(const SweepSeries& series, std::int64_t width) {
  if (width > 0) return fmt::format("n = {}", width);
  return series.widths.size() > 1 && series.quantity == "error" ? "kernel" : "";
}

std::string joined(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : ", ") + other;
}

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

std::optional<Figure> lines(const SweepResult& sweep, const std::vector<SweepAxis>& axes,
                            const SweepSeries& series) {
  const SweepAxis& x = axes.front();
  const std::vector<SweepGroup> all_groups = sweep_groups(sweep, axes, 1);
  const std::vector<SweepGroup> groups = some_of(all_groups);
  const std::vector<std::int64_t> widths = shown_widths(series, groups.size());
  Figure figure;
  figure.name = name_of("lines", series);
  figure.title = title_of(series);
  figure.csv = fmt::format("group,width,{},value,low,high,predicted\n", x.name);
  std::vector<std::string> items;
  std::vector<double> values;
  bool any_prediction = false;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t w = 0; w < widths.size(); ++w) {
      const Line line = line_of(sweep, series, widths[w], x, groups[g].points, g + 1);
      if (line.rows.empty()) continue;
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
                      fmt::format("4:5:6 with yerrorbars lt {}{} {}", type, hollow ? " pt 6" : "",
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
  figure.plot = key_over + axis_commands(x, "x") +
                fmt::format("set ylabel '{}'\n", label_of(series)) +
                (logarithmic(sweep, series) ? log_axis("y", values) : "") +
                fmt::format("plot {}\n", fmt::join(items, ", \\\n  "));
  figure.caption = fmt::format("{} against the {}. Dots are measured, with 95% intervals",
                               title_of(series), x.name);
  if (networks)
    figure.caption += fmt::format("; hollow ones are networks of width {}", widths.back());
  figure.caption += any_prediction ? "; lines are predicted." : ".";
  if (groups.size() < all_groups.size())
    figure.caption += fmt::format(" {} of {} lines are shown; the table of the sweep has all.",
                                  groups.size(), all_groups.size());
  figure.height_over_width = 0.9;
  return figure;
}

/// The edges of the cell around a number of an axis: halfway to its neighbours.
std::pair<double, double> cell(const SweepAxis& axis, double at) {
  const std::vector<double>& all = axis.numbers;
  const auto scale = [&](double x) { return axis.logarithmic ? std::log(x) : x; };
  const auto back = [&](double x) { return axis.logarithmic ? std::exp(x) : x; };
  if (all.size() == 1) return {at - 0.5, at + 0.5};
  const auto i = static_cast<std::size_t>(std::find(all.begin(), all.end(), at) - all.begin());
  const double here = scale(at);
  const double below = i > 0 ? (here - scale(all[i - 1])) / 2.0 : (scale(all[1]) - here) / 2.0;
  const double above = i + 1 < all.size() ? (scale(all[i + 1]) - here) / 2.0 : below;
  return {back(here - below), back(here + above)};
}

std::string curve_commands(const std::optional<SweepCurve>& curve, const SweepResult& sweep,
                           const SweepAxis& x, const SweepAxis& y, std::string& data) {
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

std::optional<Figure> map(const SweepResult& sweep, const std::vector<SweepAxis>& axes,
                          const SweepSeries& series, const SweepGroup& group,
                          const std::optional<SweepCurve>& curve) {
  const SweepAxis& x = axes[0];
  const SweepAxis& y = axes[1];
  const bool positive = logarithmic(sweep, series);
  const std::int64_t width = series.widths.front();
  Figure figure;
  figure.name = name_of("map", series);
  figure.title = joined(title_of(series), group.title);
  figure.csv = fmt::format("{},{},left,right,bottom,top,value,predicted\n", x.name, y.name);
  const SweepPoint* best = nullptr;
  double least = 0.0;
  std::vector<double> values;
  for (const std::size_t i : group.points) {
    const SweepPoint& point = sweep.points[i];
    const SweepNumber* of = find_number(point, series, width);
    if (of == nullptr || !std::isfinite(of->value) || (positive && of->value <= 0.0)) continue;
    const double at_x = position(x, point);
    const double at_y = position(y, point);
    const auto [left, right] = cell(x, at_x);
    const auto [bottom, top] = cell(y, at_y);
    figure.csv += fmt::format("{},{},{},{},{},{},{},{}\n", at_x, at_y, left, right, bottom, top,
                              of->value, or_nan(of->predicted));
    values.push_back(of->value);
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
                fmt::format("set cblabel '{}'\n", label_of(series)) +
                (positive ? log_axis("cb", values) : "") + "set border 15\n";
  const bool error = series.quantity == "error";
  if (error)
    figure.plot +=
        fmt::format("set label 1 '' at {},{} point pt 3 ps 2 lw 2 lc rgb 'white' front\n",
                    position(x, *best), position(y, *best));
  figure.plot += key_over +
                 fmt::format("plot '{}.csv' using 1:2:3:4:5:6:7 with boxxyerror lc palette notitle",
                             figure.name) +
                 over + "\n";
  figure.caption = fmt::format("{} over {} and {}.", figure.title, x.name, y.name);
  if (error) figure.caption += " The star marks the least error.";
  if (!over.empty()) figure.caption += " The orange curve is " + curve->title + ".";
  return figure;
}

}  // namespace

std::vector<Figure> sweep_figures(const SweepResult& sweep,
                                  const std::optional<SweepCurve>& curve) {
  const std::vector<SweepAxis> axes = sweep_axes(sweep);
  std::vector<Figure> figures;
  if (axes.empty()) return figures;
  const auto varies = [](const SweepAxis& axis) { return axis.numeric && axis.numbers.size() > 1; };
  for (const SweepSeries& series : sweep_series(sweep)) {
    if (axes.size() > 1 && varies(axes[0]) && varies(axes[1])) {
      const std::vector<SweepGroup> groups = sweep_groups(sweep, axes, 2);
      for (std::size_t i = 0; i < groups.size(); ++i) {
        auto figure = map(sweep, axes, series, groups[i], curve);
        if (!figure) continue;
        if (groups.size() > 1) {
          const std::string plain = figure->name;
          figure->name += fmt::format("_{}", i + 1);
          figure->plot.replace(figure->plot.find(plain + ".csv"), plain.size(), figure->name);
        }
        figures.push_back(*figure);
      }
    }
    if (const auto figure = lines(sweep, axes, series)) figures.push_back(*figure);
  }
  if (figures.size() > most_figures) figures.resize(most_figures);
  return figures;
}

}  // namespace wideproof::compare
