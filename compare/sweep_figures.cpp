// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep_figures.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/figure_text.hpp>
#include <wideproof/compare/sweep_axes.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t most_labels = 5;

/// Five colours of viridis, even in lightness and for the colour-blind.
constexpr const char* palette =
    "set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')\n";

std::string or_nan(double number) {
  return std::isnan(number) ? "NaN" : fmt::format("{}", number);
}

/// Text between single quotes of gnuplot, shown as it is.
std::string shown(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result;
}

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
  if (axis.logarithmic) text += fmt::format("set logscale {}\n", name);
  std::vector<std::string> tics;
  if (axis.numeric) {
    // A tic at each value, labels at few enough that they do not run into each other.
    for (const double number : axis.numbers) tics.push_back(fmt::format("'' {:.6g} 1", number));
    for (const std::size_t i : spread_out(axis.numbers.size(), most_labels))
      tics[i] = fmt::format("'{0:.3g}' {0:.6g}", axis.numbers[i]);
  } else {
    for (std::size_t i = 0; i < axis.labels.size(); ++i)
      tics.push_back(fmt::format("'{}' {}", shown(axis.labels[i]), i + 1));
  }
  return text + fmt::format("set {}tics ({})\n", name, fmt::join(tics, ", "));
}

std::string width_title(const SweepSeries& series, std::int64_t width) {
  if (width > 0) return fmt::format("n = {}", width);
  return series.widths.size() > 1 && series.quantity == "error" ? "kernel" : "";
}

std::string joined(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : ", ") + other;
}

/// The lines of one group's table, by x.
std::string group_lines(const SweepResult& sweep, const SweepSeries& series, std::int64_t width,
                        const SweepAxis& x, const SweepGroup& group, std::size_t number,
                        bool positive, bool& predicted) {
  std::vector<std::pair<double, const SweepNumber*>> row;
  for (const std::size_t i : group.points)
    if (const SweepNumber* of = find_number(sweep.points[i], series, width))
      if (std::isfinite(of->value) && (!positive || of->value > 0.0))
        row.emplace_back(position(x, sweep.points[i]), of);
  std::sort(row.begin(), row.end());
  std::string text;
  for (const auto& [at, of] : row) {
    predicted = predicted || std::isfinite(of->predicted);
    text += fmt::format("{},{},{},{},{},{},{}\n", number, width, at, of->value,
                        or_nan(std::isnan(of->low) ? of->value : of->low),
                        or_nan(std::isnan(of->high) ? of->value : of->high), or_nan(of->predicted));
  }
  return text;
}

std::optional<Figure> lines(const SweepResult& sweep, const std::vector<SweepAxis>& axes,
                            const SweepSeries& series) {
  const SweepAxis& x = axes.front();
  const bool positive = logarithmic(sweep, series);
  const std::vector<SweepGroup> groups = sweep_groups(sweep, axes, 1);
  Figure figure;
  figure.name = name_of("lines", series);
  figure.title = title_of(series);
  figure.csv = fmt::format("group,width,{},value,low,high,predicted\n", x.name);
  std::string plots;
  bool any_prediction = false;
  std::size_t style = 0;
  std::size_t number = 0;
  for (const SweepGroup& group : groups) {
    ++number;
    for (const std::int64_t width : series.widths) {
      bool predicted = false;
      const std::string text =
          group_lines(sweep, series, width, x, group, number, positive, predicted);
      if (text.empty()) continue;
      figure.csv += text;
      const std::string from = fmt::format(
          "  '{}.csv' using ($1 == {} && $2 == {} ? $3 : "
          "NaN):",
          figure.name, number, width);
      const auto ls = style++ % 8 + 1;
      const std::string title = joined(group.title, width_title(series, width));
      plots += from + fmt::format("4:3:3:5:6 with xyerrorbars ls {} {}, \\\n", ls,
                                  title.empty() ? "notitle" : "title '" + shown(title) + "'");
      if (predicted && (width == 0 || series.widths.front() != 0))
        plots += from + fmt::format("7 with lines ls {} notitle, \\\n", ls);
      any_prediction = any_prediction || predicted;
    }
  }
  if (plots.empty()) return std::nullopt;
  figure.plot = axis_commands(x, "x") + fmt::format("set ylabel '{}'\n", label_of(series)) +
                (positive ? "set logscale y\n" : "") + std::string(key_above) +
                "set offsets graph 0.04, graph 0.04, 0, 0\nplot \\\n" +
                plots.substr(0, plots.size() - 4) + "\n";
  figure.caption = fmt::format("{} against the {}. Dots are measured, with 95% intervals",
                               title_of(series), x.name);
  figure.caption += any_prediction ? "; lines are predicted." : ".";
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
  data = "$curve << EOD\nx,y\n";
  for (const auto& [a, b] : curve->points)
    data += straight ? fmt::format("{},{}\n", a, b) : fmt::format("{},{}\n", b, a);
  data += "EOD\n";
  return fmt::format(", \\\n  $curve using 1:2 with lines lw 2 lc rgb 'white' title '{}'",
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
  figure.is_map = true;
  figure.title = joined(title_of(series), group.title);
  figure.csv = fmt::format("{},{},left,right,bottom,top,value,predicted\n", x.name, y.name);
  const SweepPoint* best = nullptr;
  double least = 0.0;
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
  figure.plot = data + palette + axis_commands(x, "x") + axis_commands(y, "y") + range(x, "x") +
                range(y, "y") + fmt::format("set cblabel '{}'\n", label_of(series)) +
                (positive ? "set logscale cb\n" : "") + "unset grid\n";
  const bool error = series.quantity == "error";
  if (error)
    figure.plot +=
        fmt::format("set label 1 '' at {},{} point pt 3 ps 2 lw 2 lc rgb 'white' front\n",
                    position(x, *best), position(y, *best));
  figure.plot += "set style fill solid noborder\nset key outside top center\nplot \\\n" +
                 fmt::format(
                     "  '{}.csv' using 1:2:3:4:5:6:7 with boxxyerror lc palette "
                     "notitle",
                     figure.name) +
                 over + "\n";
  figure.caption = fmt::format("{} over {} and {}.", figure.title, x.name, y.name);
  if (error) figure.caption += " The star marks the least error.";
  if (!over.empty()) figure.caption += " The white curve is " + curve->title + ".";
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
