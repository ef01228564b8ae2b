// SPDX-License-Identifier: MIT
#include <wideproof/compare/width_figures.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <wideproof/compare/class_columns.hpp>
#include <wideproof/compare/convergence.hpp>
#include <wideproof/compare/figure_text.hpp>
#include <wideproof/compare/vector_estimate.hpp>
#include <wideproof/compare/width_points.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t most_lines = 4;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The points of one layer.
struct WidthLine {
  std::int64_t layer = 0;
  std::string key;  ///< what the figure's key says of it
  std::vector<WidthPoint> points;
};

bool has(const WidthLine& line, double WidthPoint::*number) {
  return std::any_of(line.points.begin(), line.points.end(),
                     [number](const WidthPoint& at) { return std::isfinite(at.*number); });
}

std::vector<std::int64_t> widths_of(const GramStudy& study) {
  std::vector<std::int64_t> widths;
  for (const model::WidthSeries& at : study.series.widths) widths.push_back(at.width);
  return widths;
}

std::string field(double number) {
  return std::isfinite(number) ? fmt::format("{}", number) : "";
}

std::string table_of(const std::vector<WidthLine>& lines, const char* quantity) {
  std::string csv = fmt::format("layer,width,{},low,high,predicted\n", quantity);
  for (const WidthLine& line : lines)
    for (const auto& [width, value, low, high, predicted] : line.points)
      csv += fmt::format("{},{},{},{},{},{}\n", line.layer, width, field(value), field(low),
                         field(high), field(predicted));
  return csv;
}

/// Points with bars, and dashed lines for what is predicted.
std::vector<std::string> items_of(const std::vector<WidthLine>& lines, const std::string& name) {
  std::vector<std::string> items;
  int number = 0;
  for (const WidthLine& line : lines) {
    ++number;
    const std::string of_layer =
        fmt::format("'{}.csv' using ($1 == {} ? $2 : NaN)", name, line.layer);
    if (has(line, &WidthPoint::predicted) && line.points.size() > 1)
      items.push_back(fmt::format("{}:6 with lines lt {} lw 1.5 dt 2 notitle", of_layer, number));
    if (has(line, &WidthPoint::value))
      items.push_back(fmt::format("{}:3:4:5 with yerrorbars lt {} lw 1.5 title '{}'", of_layer,
                                  number, line.key));
  }
  return items;
}

bool is_empty(const std::vector<WidthLine>& lines) {
  return std::none_of(lines.begin(), lines.end(),
                      [](const WidthLine& line) { return has(line, &WidthPoint::value); });
}

std::vector<double> numbers_of(const std::vector<WidthLine>& lines) {
  std::vector<double> numbers;
  for (const WidthLine& line : lines)
    for (const WidthPoint& at : line.points)
      for (const double number : {at.value, at.high, at.predicted}) numbers.push_back(number);
  return numbers;
}

/// `number` with its interval, as in "−0.50 (−0.51 to −0.48)".
std::string with_interval(const Exponent& exponent) {
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", exponent.value, exponent.low, exponent.high);
}

/// "Fitted exponents with 95% intervals: layer 1: …; predicted −1/2."
std::string exponents_text(const GramStudy& study, std::optional<Exponent> LayerConvergence::*of,
                           const std::vector<WidthLine>& lines, const char* predicted) {
  std::string text;
  for (const WidthLine& line : lines) {
    const auto& exponent =
        study.assessment.convergence[static_cast<std::size_t>(line.layer) - 1].*of;
    if (!exponent) continue;
    text += fmt::format("{} layer {}: {}", text.empty() ? "" : ";", line.layer,
                        with_interval(*exponent));
  }
  if (text.empty()) return {};
  return fmt::format(" Fitted exponents with 95% intervals:{}; predicted {}.", text, predicted);
}

/// "layer 2: n^{-0.50}" or "layer 2"
std::string key_of(std::size_t layer, const std::optional<Exponent>& exponent) {
  if (!exponent) return fmt::format("layer {}", layer);
  return fmt::format("layer {}: {{/:Italic n}}^{{ {:.2f}}}", layer, exponent->value);
}

/// The classes of each layer by their number in the series.
WidthLine bias_line(const GramStudy& study, const std::vector<ClassColumn>& columns,
                    const WidthVectors& means, std::size_t layer) {
  const auto ratio = [&](std::size_t k) {
    const auto index = static_cast<Eigen::Index>(k);
    const VectorEstimate& at = means.at.front();
    return std::abs(at.value[index] - columns[k].predicted) /
           std::sqrt(at.covariance(index, index));
  };
  std::size_t chosen = columns.size();
  for (std::size_t k = 0; k < columns.size(); ++k)
    if (columns[k].layer == layer && (chosen == columns.size() || ratio(k) > ratio(chosen)))
      chosen = k;
  WidthLine line{static_cast<std::int64_t>(layer) + 1,
                 key_of(layer + 1, study.assessment.convergence[layer].bias),
                 {}};
  if (chosen == columns.size()) return line;
  const ClassColumn& column = columns[chosen];
  const Eigen::MatrixXd& limit_bias = study.prediction[layer].gram_bias;
  const double predicted =
      limit_bias.size() > 0 ? std::abs(study.series.classes.means(limit_bias)[column.label]) : nan;
  for (std::size_t w = 0; w < means.at.size(); ++w) {
    const auto index = static_cast<Eigen::Index>(chosen);
    const double bias = std::abs(means.at[w].value[index] - column.predicted);
    const double half = two_sided_95 * std::sqrt(means.at[w].covariance(index, index));
    if (!std::isfinite(bias) || !std::isfinite(half) || bias == 0.0) continue;
    line.points.push_back({means.widths[w], bias, bias - half, bias + half,
                           predicted / static_cast<double>(means.widths[w])});
  }
  return line;
}

std::size_t width_count(const GramStudy& study) {
  return study.series.widths.size();
}

}  // namespace

std::optional<Figure> bias_figure(const GramStudy& study) {
  const Assessment& assessment = study.assessment;
  if (!is_finite(study.series)) return std::nullopt;
  const std::vector<ClassColumn> columns =
      gram_columns(study.series, study.prediction, assessment.options);
  const WidthVectors means = class_means(study.series, columns, assessment.options);
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_lines))
    lines.push_back(bias_line(study, columns, means, l));
  if (is_empty(lines)) return std::nullopt;
  const Decades decades = decades_of(numbers_of(lines));
  for (WidthLine& line : lines)  // a bar that reaches below zero goes to the lower edge
    for (WidthPoint& at : line.points) at.low = std::max(at.low, decades.low);
  std::vector<std::string> items = items_of(lines, "bias");
  if (width_count(study) > 1) {
    const double narrowest = static_cast<double>(study.series.widths.front().width);
    double highest = 0.0;
    for (const WidthLine& line : lines)
      for (const WidthPoint& at : line.points)
        highest = std::max(highest, at.value * static_cast<double>(at.width));
    if (highest / narrowest > decades.low)
      items.push_back(
          fmt::format("{} / x with lines lc rgb '#999999' lw 1 title '∝ 1/{{/:Italic n}}'",
                      std::min(1.5 * highest, decades.high * narrowest)));
  }
  const std::string exponents = exponents_text(study, &LayerConvergence::bias, lines, "−1");
  Figure figure{
      .name = "bias",
      .title = "Convergence with width",
      .caption =
          "Distance of the mean over networks from the prediction for infinite width, in "
          "each layer for the class of entries where it stands out most, with 95% "
          "intervals; bars that reach the lower edge include zero. The grey line falls as "
          "1/n",
      .csv = table_of(lines, "bias"),
      .plot = {},
      .height_over_width = 0.9};
  const bool is_predicted = std::any_of(lines.begin(), lines.end(), [](const WidthLine& line) {
    return has(line, &WidthPoint::predicted);
  });
  figure.caption += is_predicted ? ", dashed lines are the predicted biases." : ".";
  figure.caption += exponents.empty()
                        ? " No bias stands so far above the noise that an exponent could be fitted."
                        : exponents;
  figure.plot = std::string(key_above) + width_axis(widths_of(study)) + decades_axis('y', decades) +
                "set ylabel '|mean − prediction| of {/:Italic G}'\n" + plot(items);
  return figure;
}

std::optional<Figure> spread_figure(const GramStudy& study) {
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_lines)) {
    std::vector<WidthPoint> points = spread_points(study, l);
    if (points.empty()) continue;
    lines.push_back({static_cast<std::int64_t>(l) + 1,
                     key_of(l + 1, study.assessment.convergence[l].fluctuation),
                     std::move(points)});
  }
  if (is_empty(lines)) return std::nullopt;
  Figure figure{.name = "spread",
                .title = "Spread of one network",
                .caption =
                    "Root mean square deviation of one network's Gram matrix from the mean, "
                    "over all entries of a layer, with 95% intervals",
                .csv = table_of(lines, "spread"),
                .plot = {},
                .height_over_width = 0.9};
  const bool is_predicted = has(lines.front(), &WidthPoint::predicted);
  figure.caption += is_predicted ? "; dashed lines: the predicted limit of n·Var over n." : ".";
  figure.caption += exponents_text(study, &LayerConvergence::fluctuation, lines, "−1/2");
  std::vector<double> numbers = numbers_of(lines);
  for (const WidthLine& line : lines)
    for (const WidthPoint& at : line.points) numbers.push_back(at.low);
  figure.plot = std::string(key_above) + width_axis(widths_of(study)) +
                decades_axis('y', decades_of(numbers)) +
                "set ylabel 'spread of {/:Italic G} in one network'\n" +
                plot(items_of(lines, "spread"));
  return figure;
}

std::optional<Figure> fluctuation_figure(const GramStudy& study, Quantity quantity) {
  const model::EntryClasses& classes = study.series.classes;
  const bool of_norms = quantity == Quantity::gram;
  if (!of_norms && study.inputs() < 2) return std::nullopt;
  // The class that varies most in the last layer of the widest networks.
  Eigen::Index label = 0;
  if (!of_norms) {
    const Eigen::MatrixXd& widest = study.series.widths.back().correlation_variances;
    if (widest.rows() == 0) return std::nullopt;
    widest.colwise().mean().tail(classes.count()).maxCoeff(&label);
  }
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_lines)) {
    lines.push_back({static_cast<std::int64_t>(l) + 1, key_of(l + 1, std::nullopt),
                     fluctuation_points(study, quantity, label, l)});
  }
  if (is_empty(lines)) return std::nullopt;
  const bool is_predicted = has(lines.front(), &WidthPoint::predicted);
  const char* what = of_norms ? "norm" : "correlation";
  Figure figure{.name = fmt::format("fluctuation_{}", what),
                .title = of_norms ? "Fluctuation of the norms" : "Fluctuation of correlations",
                .caption = {},
                .csv = table_of(lines, "variance_times_width"),
                .plot = {},
                .height_over_width = 0.9};
  const auto pair =
      std::find_if(classes.labels().reshaped().begin(), classes.labels().reshaped().end(),
                   [label](int of) { return of == label; }) -
      classes.labels().reshaped().begin();
  figure.caption = fmt::format(
      "n times the variance of one network's {}, with 95% intervals; {}",
      of_norms
          ? "norms (the diagonal of G)"
          : fmt::format("correlations, for the class of pairs that varies most (such as inputs "
                        "{} and {})",
                        pair % classes.inputs(), pair / classes.inputs()),
      is_predicted ? "dashed lines: the predicted limit." : "no limit is predicted.");
  figure.plot = std::string(key_above) + width_axis(widths_of(study)) +
                fmt::format("set ylabel '{{/:Italic n}} Var({})'\n",
                            of_norms ? "{/:Italic G_{aa}}" : "{/:Italic c_{ab}}") +
                plot(items_of(lines, figure.name));
  return figure;
}

std::optional<Figure> active_fraction_figure(const GramStudy& study) {
  std::vector<WidthLine> lines;
  for (const std::size_t l : spread_out(study.depth(), most_lines)) {
    WidthLine line{static_cast<std::int64_t>(l) + 1, key_of(l + 1, std::nullopt), {}};
    for (std::size_t i = l; i < study.measurement.size(); i += study.depth()) {
      const model::LayerMeasurement& at = study.measurement[i];
      const double half = two_sided_95 * std::sqrt(at.active_fraction_variance /
                                                   static_cast<double>(at.replicates));
      const double mean = at.active_fraction_mean;
      if (!std::isfinite(mean) || !std::isfinite(half)) continue;
      line.points.push_back(
          {at.width, mean, mean - half, mean + half, study.theory.layers[l].active_fraction});
    }
    lines.push_back(std::move(line));
  }
  if (is_empty(lines)) return std::nullopt;
  double low = std::numeric_limits<double>::infinity();
  double high = 0.0;
  for (const WidthLine& line : lines) {
    for (const WidthPoint& at : line.points) {
      low = std::min({low, at.low, at.predicted});
      high = std::max({high, at.high, at.predicted});
    }
  }
  const double margin = std::max(0.15 * (high - low), 0.02 * high);
  Figure figure{.name = "active_fraction",
                .title = "Active fraction",
                .caption =
                    "Fraction of a layer's neurons that are active, mean over networks with "
                    "95% intervals; dashed lines: the limit that is predicted.",
                .csv = table_of(lines, "active_fraction"),
                .plot = {},
                .height_over_width = 0.9};
  figure.plot = std::string(key_above) + width_axis(widths_of(study)) +
                fmt::format("set yrange [{}:{}]\nset ylabel 'active fraction'\n", low - margin,
                            high + margin) +
                plot(items_of(lines, "active_fraction"));
  return figure;
}

std::vector<Figure> width_figures(const GramStudy& study) {
  std::vector<Figure> figures;
  for (auto& figure :
       {bias_figure(study), spread_figure(study), fluctuation_figure(study, Quantity::gram),
        fluctuation_figure(study, Quantity::correlation), active_fraction_figure(study)})
    if (figure) figures.push_back(*figure);
  return figures;
}

}  // namespace wideproof::compare
