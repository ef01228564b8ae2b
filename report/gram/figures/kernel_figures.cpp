// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/kernel_figures.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/gram/figures/kernel_row.hpp>
#include <wideproof/report/gram/figures/measured_map.hpp>
#include <wideproof/report/gram/figures/width_lines.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_lines = 6;
constexpr std::size_t most_dots = 32;  ///< of a line; more would hide it
/// Entries of a key that find room below the diagonal of a map.
constexpr std::size_t most_below_diagonal = 5;

/// A row of the map's table without bounds.
std::string exact_row(const char* series, std::int64_t layer, double c, double next) {
  return fmt::format("{},{},{},{},,,,\n", series, layer, c, next);
}

std::string map_rows(const char* series, std::int64_t layer) {
  return fmt::format("'correlation_map.csv' using (strcol(1) eq '{}' && $2 == {} ? $3 : NaN)",
                     series, layer);
}

/// The theory's maps: one for all layers, or one a layer.
void add_maps(const GramStudy& study, std::string& csv, std::vector<std::string>& items,
              std::vector<CurveName>& names) {
  int line = 0;
  for (const model::TheoryCurve& curve : study.curves.map) {
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      csv += exact_row("map", curve.layer, curve.x[i], curve.y[i]);
    const std::string name =
        curve.layer == 0 ? "theory" : fmt::format("theory {}→{}", curve.layer, curve.layer + 1);
    names.push_back({name, name});
    items.push_back(fmt::format("{}:4 with lines lt {} title '{}'", map_rows("map", curve.layer),
                                ++line, name));
  }
}

/// Steps between map and diagonal that follow one pair of inputs from layer to layer.
void add_path(const GramStudy& study, std::string& csv, std::vector<std::string>& items) {
  const std::vector<double>& path = study.curves.iterates;
  if (path.size() < 2) return;
  csv += exact_row("path", 0, path[0], path[0]);
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    csv += exact_row("path", 0, path[i], path[i + 1]);
    csv += exact_row("path", 0, path[i + 1], path[i + 1]);
  }
  items.push_back(map_rows("path", 0) + ":4 with lines lc rgb '#555555' lw 1 notitle");
}

std::string measured_row(std::int64_t from, const MappedCorrelation& point) {
  const auto& [c, next] = point;
  const double c_reach = normal_95 * c.error;
  const double next_reach = normal_95 * next.error;
  return fmt::format("measured,{},{},{},{},{},{},{}\n", from, c.value, next.value,
                     c.value - c_reach, c.value + c_reach, next.value - next_reach,
                     next.value + next_reach);
}

void add_measured_maps(const GramStudy& study, std::string& csv, std::vector<std::string>& items,
                       std::vector<CurveName>& names) {
  const std::vector<model::TheoryCurve>& maps = study.curves.map;
  auto line = std::ssize(maps);
  for (const std::size_t l : spread_out(study.layers() - 1, 4)) {
    const auto from = static_cast<std::int64_t>(l) + 1;
    const std::vector<MappedCorrelation> points = measured_map(study, from);
    if (points.empty()) continue;
    for (const MappedCorrelation& point : points) csv += measured_row(from, point);
    const std::string name = fmt::format("layer {}→{}", from, from + 1);
    names.push_back({name, name});
    // In the colour of the layer's own map where there is one.
    const auto map =
        std::find_if(maps.begin(), maps.end(),
                     [from](const model::TheoryCurve& curve) { return curve.layer == from; });
    items.push_back(fmt::format("{}:4:5:6:7:8 with xyerrorbars lt {} lw 1 title '{}'",
                                map_rows("measured", from),
                                map == maps.end() ? ++line : map - maps.begin() + 1, name));
  }
}

std::string map_caption(const GramStudy& study) {
  std::string caption =
      "How a layer maps the correlation c of two inputs to that of the next layer, c′.";
  if (study.experiment.network().is_uniform())
    caption += " Where the line meets the diagonal correlations come to rest.";
  const std::vector<double>& path = study.curves.iterates;
  if (path.size() > 1)
    caption += fmt::format(
        " The steps follow one pair of inputs, from c = {:.3g}, from layer to layer.", path[0]);
  if (study.layers() > 1)
    caption += fmt::format(
        " Points: the kernel of the networks of width {}, one pair of inputs for each class of "
        "cosines, with 95% intervals.",
        study.assessment.widths.back().width);
  return caption;
}

}  // namespace

namespace {

/// The matrices of a figure against the angle, and what it says.
struct OfAngle {
  std::string name, title;
  std::string entry;  ///< "Entry of the Gram matrix"
  std::string label;  ///< of the vertical axis, without its argument
  std::vector<std::size_t> matrices;
};

Figure figure_of_angle(const GramStudy& study, const OfAngle& of) {
  const std::vector<compare::LayerComparison> estimates = study.assessment.best_estimates();
  Figure figure{.name = of.name,
                .title = of.title,
                .caption = {},
                .csv = "series,layer,angle,value,low,high\n",
                .plot = {},
                .height_over_width = 0.75};
  const auto out = std::back_inserter(figure.csv);
  std::vector<std::string> items;
  std::vector<CurveName> names;
  int line = 0;
  for (const std::size_t l : of.matrices) {
    const compare::MatrixName matrix = study.assessment.options.name(l);
    const KernelRow row = kernel_row(study, estimates, l);
    for (std::size_t i = 0; i < row.predicted.size(); ++i)
      fmt::format_to(out, "predicted,{},{},{},,\n", matrix.key, row.predicted_angle[i],
                     row.predicted[i]);
    for (const std::size_t i : spread_out(row.measured.size(), most_dots))
      fmt::format_to(out, "measured,{},{},{},{},{}\n", matrix.key, row.angle[i], row.measured[i],
                     row.measured[i] - normal_95 * row.error[i],
                     row.measured[i] + normal_95 * row.error[i]);
    ++line;
    const auto where = [&](const char* series) {
      return fmt::format("'{}.csv' using (strcol(1) eq '{}' && strcol(2) eq '{}' ? $3 : NaN)",
                         of.name, series, matrix.key);
    };
    names.push_back({matrix.name, matrix.name});
    items.push_back(
        fmt::format("{}:4 with lines lt {} title '{}'", where("predicted"), line, matrix.name));
    if (!row.measured.empty())
      items.push_back(fmt::format("{0}:4:3:3:5:6 with xyerrorbars lt {1} lw 1 notitle",
                                  where("measured"), line));
  }
  figure.caption = of.entry + " for two inputs against the angle between them. Lines: predicted.";
  if (items.size() > static_cast<std::size_t>(line))
    figure.caption += fmt::format(
        " Points: measured ({}), with 95% intervals, which are often smaller than the points.",
        best_estimates_at(study.assessment));
  if (std::any_of(of.matrices.begin(), of.matrices.end(),
                  [&](std::size_t l) { return !estimates[l].has_norm(); }))
    figure.caption += " Entries that have no limit are left out.";
  const FigureKey key = figure_key(names);
  figure.height_over_width += key.height;
  figure.plot = key.commands +
                "set xrange [-4:184]\nset xtics 45\n"
                "set xlabel 'angle between inputs {/:Italic θ} (degrees)'\n" +
                fmt::format("set ylabel '{}({{/:Italic θ}})'\n", of.label) + plot(items);
  return figure;
}

}  // namespace

std::optional<Figure> kernel_figure(const GramStudy& study) {
  if (!is_on_a_circle(study)) return std::nullopt;
  const bool has_norms = study.assessment.options.norms_are_predicted;
  return figure_of_angle(study,
                         {.name = "kernel_angle",
                          .title = "Kernel against angle",
                          .entry = has_norms ? "Entry of the Gram matrix" : "Correlation",
                          .label = has_norms ? "Gram {/:Italic G}" : "correlation {/:Italic c}",
                          .matrices = spread_out(study.layers(), most_lines)});
}

std::optional<Figure> further_kernel_figure(const GramStudy& study) {
  if (!is_on_a_circle(study) || !study.further) return std::nullopt;
  std::vector<std::size_t> matrices;
  for (const std::size_t i : spread_out(study.depth() - study.layers(), most_lines))
    matrices.push_back(study.layers() + i);
  return figure_of_angle(study, {.name = study.further->figure,
                                 .title = study.further->of_pairs + " against angle",
                                 .entry = study.further->of_pairs,
                                 .label = study.further->symbol,
                                 .matrices = std::move(matrices)});
}

std::optional<Figure> correlation_map_figure(const GramStudy& study) {
  Figure figure{.name = "correlation_map",
                .title = "Correlation map",
                .caption = map_caption(study),
                .csv = "series,layer,c,next,c_low,c_high,next_low,next_high\n",
                .plot = {},
                .height_over_width = 0.95};
  std::vector<std::string> items = {"x with lines lc rgb '#999999' lw 1 notitle"};
  std::vector<CurveName> names;
  add_maps(study, figure.csv, items, names);
  add_path(study, figure.csv, items);
  add_measured_maps(study, figure.csv, items, names);
  if (items.size() == 1) return std::nullopt;
  FigureKey key;
  key.commands = "set key bottom right\n";
  // Only a map that lowers correlations has anything to show below the diagonal.
  if (names.size() > most_below_diagonal) key = figure_key(names);
  figure.height_over_width += key.height;
  figure.plot = key.commands + "set size ratio -1\n" +
                "set xrange [-1:1.02]\nset yrange [-1.02<*:1.02]\n"
                "set autoscale yfixmin\nset xtics 0.5\nset ytics 0.5\n"
                "set xlabel 'correlation {/:Italic c} at a layer'\n"
                "set ylabel '{/:Italic c′} at the next'\n" +
                plot(items);
  return figure;
}

}  // namespace wideproof::report
