// SPDX-License-Identifier: MIT
#include <wideproof/compare/kernel_figures.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <wideproof/compare/figure_text.hpp>
#include <wideproof/compare/width_lines.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t most_lines = 6;

struct Estimate {
  double value = 0.0;
  double error = 0.0;

  bool is_finite() const { return std::isfinite(value) && std::isfinite(error); }
  double low() const { return value - normal_95 * error; }
  double high() const { return value + normal_95 * error; }
};

/// K_ab/√(K_aa K_bb) of the kernel that the layer after `measured` sees.
Estimate kernel_correlation(const model::LayerMeasurement& measured, Eigen::Index a,
                            Eigen::Index b) {
  const Eigen::MatrixXd& mean = measured.next_kernel.mean;
  const Eigen::MatrixXd error = measured.next_kernel.standard_error(measured.replicates);
  const double scale = std::sqrt(mean(a, a) * mean(b, b));
  const double c = mean(a, b) / scale;
  const double of_norms =
      0.25 * c * c *
      (std::pow(error(a, a) / mean(a, a), 2) + std::pow(error(b, b) / mean(b, b), 2));
  return {c, std::sqrt(std::pow(error(a, b) / scale, 2) + of_norms)};
}

/// One pair of inputs of each class.
std::vector<Entry> one_pair_a_class(const model::EntryClasses& classes) {
  std::vector<Entry> pairs;
  std::vector<bool> seen(static_cast<std::size_t>(classes.count()), false);
  for (Eigen::Index a = 0; a < classes.inputs(); ++a) {
    for (Eigen::Index b = a + 1; b < classes.inputs(); ++b) {
      const auto label = static_cast<std::size_t>(classes.labels()(a, b));
      if (seen[label]) continue;
      seen[label] = true;
      pairs.push_back({Quantity::correlation, a, b});
    }
  }
  return pairs;
}

std::string row(const char* series, std::int64_t layer, const Estimate& x, const Estimate& y) {
  return fmt::format("{},{},{},{},{},{},{},{}\n", series, layer, x.value, y.value, x.low(),
                     x.high(), y.low(), y.high());
}

/// Measured points of the map from layer l to the next, at the widest networks; their number.
int append_measured(const GramStudy& study, std::int64_t from, std::string& csv) {
  const std::size_t first = study.measurement.size() - study.depth();
  const auto l = static_cast<std::size_t>(from);
  const model::LayerMeasurement& next = study.measurement[first + l - 1];
  if (next.next_kernel.mean.size() == 0) return 0;
  const Eigen::MatrixXd& inputs = study.theory.layers.front().preactivation;
  int points = 0;
  for (const Entry& pair : one_pair_a_class(study.series.classes)) {
    const Eigen::Index a = pair.row;
    const Eigen::Index b = pair.column;
    const Estimate x = l == 1 ? Estimate{inputs(a, b) / std::sqrt(inputs(a, a) * inputs(b, b)), 0.0}
                              : kernel_correlation(study.measurement[first + l - 2], a, b);
    const Estimate y = kernel_correlation(next, a, b);
    if (!x.is_finite() || !y.is_finite()) continue;
    csv += row("measured", from, x, y);
    ++points;
  }
  return points;
}

}  // namespace

std::optional<Figure> kernel_figure(const GramStudy& study) {
  if (study.experiment.inputs().source != model::InputSpec::Source::circle || study.inputs() < 2)
    return std::nullopt;
  const Eigen::Index inputs = study.inputs();
  const std::vector<LayerComparison> estimates = study.best_estimates();
  Figure figure{.name = "kernel_angle",
                .title = "Kernel against angle",
                .caption = {},
                .csv = "series,layer,angle,value,low,high\n",
                .plot = {},
                .height_over_width = 0.8};
  const auto out = std::back_inserter(figure.csv);
  std::vector<std::string> items;
  int line = 0;
  for (const std::size_t l : spread_out(study.depth(), most_lines)) {
    const std::size_t layer = l + 1;
    const MatrixComparison& gram = estimates[l].gram;
    const auto curve = std::find_if(
        study.curves.kernel.begin(), study.curves.kernel.end(),
        [layer](const TheoryCurve& of) { return of.layer == static_cast<std::int64_t>(layer); });
    const auto angle = [inputs](Eigen::Index b) {
      return 360.0 * static_cast<double>(b) / static_cast<double>(inputs);
    };
    if (curve != study.curves.kernel.end()) {
      for (std::size_t i = 0; i < curve->x.size(); ++i)
        fmt::format_to(out, "predicted,{},{},{},,\n", layer, curve->x[i], curve->y[i]);
    } else {
      for (Eigen::Index b = 0; 2 * b <= inputs; ++b)
        fmt::format_to(out, "predicted,{},{},{},,\n", layer, angle(b), gram.predicted(0, b));
    }
    int points = 0;
    for (Eigen::Index b = 0; 2 * b <= inputs; ++b) {
      const Estimate of{gram.estimate.value(0, b), gram.estimate.standard_error(0, b)};
      if (!of.is_finite()) continue;
      fmt::format_to(out, "measured,{},{},{},{},{}\n", layer, angle(b), of.value, of.low(),
                     of.high());
      ++points;
    }
    ++line;
    const auto where = [&](const char* series) {
      return fmt::format("'kernel_angle.csv' using (strcol(1) eq '{}' && $2 == {} ? $3 : NaN)",
                         series, layer);
    };
    items.push_back(fmt::format("{}:4 with lines lt {} title '{}{}'", where("predicted"), line,
                                line == 1 ? "layer " : "", layer));
    if (points > 0)
      items.push_back(fmt::format("{0}:4:3:3:5:6 with xyerrorbars lt {1} lw 1 notitle",
                                  where("measured"), line));
  }
  figure.caption =
      "Entry of the Gram matrix for two inputs against the angle between them. Lines: predicted.";
  if (items.size() > static_cast<std::size_t>(line))
    figure.caption += fmt::format(
        " Points: measured ({}), with 95% intervals, which are often smaller than the points.",
        study.best_estimates_at());
  figure.plot = std::string(key_above) +
                "set xrange [-4:184]\nset xtics 45\n"
                "set xlabel 'angle between inputs {/:Italic θ} (degrees)'\n"
                "set ylabel 'Gram {/:Italic G}({/:Italic θ})'\n" +
                plot(items);
  return figure;
}

std::optional<Figure> correlation_map_figure(const GramStudy& study) {
  Figure figure{.name = "correlation_map",
                .title = "Correlation map",
                .caption = {},
                .csv = "series,layer,c,next,c_low,c_high,next_low,next_high\n",
                .plot = {},
                .height_over_width = 0.95};
  const auto exact = [&figure](const char* series, std::int64_t layer, double c, double next) {
    figure.csv += fmt::format("{},{},{},{},,,,\n", series, layer, c, next);
  };
  const auto where = [](const char* series, std::int64_t layer) {
    return fmt::format("'correlation_map.csv' using (strcol(1) eq '{}' && $2 == {} ? $3 : NaN)",
                       series, layer);
  };
  std::vector<std::string> items = {"x with lines lc rgb '#999999' lw 1 notitle"};
  int line = 0;
  for (const TheoryCurve& curve : study.curves.map) {
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      exact("map", curve.layer, curve.x[i], curve.y[i]);
    items.push_back(fmt::format(
        "{}:4 with lines lt {} title '{}'", where("map", curve.layer), ++line,
        curve.layer == 0 ? "theory"
                         : fmt::format("theory, {} to {}", curve.layer, curve.layer + 1)));
  }
  const std::vector<double>& path = study.curves.iterates;
  if (path.size() > 1) {
    exact("path", 0, path[0], path[0]);
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      exact("path", 0, path[i], path[i + 1]);
      exact("path", 0, path[i + 1], path[i + 1]);
    }
    items.push_back(where("path", 0) + ":4 with lines lc rgb '#555555' lw 1 notitle");
  }
  int first_point = study.curves.map.size() > 1 ? 0 : 1;
  for (const std::size_t l : spread_out(study.depth() - 1, 4)) {
    const auto from = static_cast<std::int64_t>(l) + 1;
    if (append_measured(study, from, figure.csv) == 0) continue;
    items.push_back(fmt::format("{}:4:5:6:7:8 with xyerrorbars lt {} lw 1 title 'layer {} to {}'",
                                where("measured", from), ++first_point, from, from + 1));
  }
  if (items.size() == 1) return std::nullopt;
  figure.caption =
      "How a layer maps the correlation c of two inputs to that of the next layer, c′. Where the "
      "line meets the diagonal correlations come to rest.";
  if (path.size() > 1)
    figure.caption += fmt::format(
        " The steps follow one pair of inputs, from c = {:.3g}, from layer to layer.", path[0]);
  if (study.depth() > 1)
    figure.caption += fmt::format(
        " Points: the kernel of the networks of width {}, one pair of inputs for each class of "
        "cosines, with 95% intervals.",
        study.assessment.widths.back().width);
  // Below the diagonal there is nothing but what a map of falling correlations shows.
  figure.plot = std::string("set key bottom right\nset size ratio -1\n") +
                "set xrange [-1:1.02]\nset yrange [*:1.02]\n"
                "set xtics 0.5\nset ytics 0.5\n"
                "set xlabel 'correlation {/:Italic c} at a layer'\n"
                "set ylabel '{/:Italic c′} at the next'\n" +
                plot(items);
  return figure;
}

}  // namespace wideproof::compare
