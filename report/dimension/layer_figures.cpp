// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/layer_figures.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/report/dimension/words.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/figure/normal_interval.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

constexpr std::size_t most_layers = 40;
constexpr std::size_t most_widths = 5;
constexpr int steps_of_a_curve = 80;
constexpr double least_room_of_tics = 0.15;  // of the axis

struct Point {
  double x = 0.0;
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

struct Curve {
  std::string title;
  std::string style;  ///< gnuplot's, without what it reads
  bool is_line = false;
  std::vector<Point> points = {};
};

std::string cell(double number) {
  return std::isfinite(number) ? fmt::format("{}", number) : "";
}

/// The figure's table, key and plot; numbers of the vertical axis hold what the curves do.
void draw(Figure& figure, const std::vector<Curve>& curves, const std::string& axes) {
  std::vector<CurveName> names;
  std::vector<std::string> items;
  double low = 0.0;
  double high = 0.0;
  figure.csv = "series,x,value,low,high\n";
  for (const Curve& curve : curves) {
    if (curve.points.empty()) continue;
    for (const Point& at : curve.points) {
      figure.csv += fmt::format("{},{},{},{},{}\n", curve.title, at.x, cell(at.value), cell(at.low),
                                cell(at.high));
      for (const double end : {at.value, at.high}) high = std::max(high, end);
      for (const double end : {at.value, at.low}) low = std::min(low, end);
    }
    names.push_back({curve.title, curve.title});
    items.push_back(fmt::format("'{}.csv' using (strcol(1) eq '{}' ? $2 : NaN):{} {} title '{}'",
                                figure.name, curve.title, curve.is_line ? "3" : "3:4:5",
                                curve.style, curve.title));
  }
  const double room = high > low ? 0.06 * (high - low) : 1.0;
  const FigureKey key = figure_key(names);
  figure.height_over_width = 0.8 + key.height;
  figure.plot =
      key.commands + axes +
      fmt::format("set yrange [{:.6g}:{:.6g}]\n", low < 0.0 ? low - room : 0.0, high + room) +
      plot(items);
}

std::string dots(int line_type, bool is_hollow = false) {
  return fmt::format("with yerrorbars lt {} lw 1.5{}", line_type, is_hollow ? " pt 6" : "");
}

const compare::DimensionMean& mean_at(const compare::WidthDimension& at,
                                      DimensionQuantity quantity) {
  return quantity == DimensionQuantity::dimensionality ? at.dimensionality
                                                       : at.correlation_strength;
}

/// Bars at 95% of the normal law, or none where the error is not known.
Point point_of(double x, const compare::DimensionMean& mean) {
  const double half = std::isfinite(mean.standard_error) ? normal_95 * mean.standard_error : 0.0;
  return {x, mean.mean, mean.mean - half, mean.mean + half};
}

Point point_of(double x, const compare::DimensionEstimate& estimate) {
  const compare::Interval interval = estimate.number.shown(estimate.interval(0.95));
  const double value = estimate.number.shown(estimate.value);
  return {x, value, std::isfinite(interval.low) ? interval.low : value,
          std::isfinite(interval.high) ? interval.high : value};
}

double prediction_of(const model::LayerDimension& at, DimensionQuantity quantity) {
  return quantity == DimensionQuantity::dimensionality ? at.dimensionality
                                                       : at.correlation_strength;
}

Curve theory_by_layer(const compare::DimensionAssessment& assessment, DimensionQuantity quantity) {
  Curve theory{"theory", "with lines lt 7 lw 1.5", true};
  if (!assessment.prediction) return theory;
  const std::vector<model::LayerDimension>& layers = assessment.prediction->layers;
  if (layers.size() == 1)  // no line through one point
    theory.style = "with points lt 7 pt 2 ps 1.2";
  for (std::size_t l = 0; l < layers.size(); ++l)
    if (const double value = prediction_of(layers[l], quantity); std::isfinite(value))
      theory.points.push_back({static_cast<double>(l) + 1.0, value, value, value});
  return theory;
}

Curve width_by_layer(const compare::DimensionAssessment& assessment, DimensionQuantity quantity,
                     std::int64_t width, int line_type, double aside) {
  Curve curve{fmt::format("N = {}", width), dots(line_type)};
  const std::vector<std::size_t> layers = spread_out(assessment.depth(), most_layers);
  for (const compare::WidthDimension& at : assessment.widths) {
    const auto layer = static_cast<std::size_t>(at.layer) - 1;
    if (at.width != width || !std::isfinite(mean_at(at, quantity).mean) ||
        std::find(layers.begin(), layers.end(), layer) == layers.end())
      continue;
    curve.points.push_back(point_of(static_cast<double>(at.layer) + aside, mean_at(at, quantity)));
  }
  return curve;
}

Curve limits_by_layer(const compare::DimensionAssessment& assessment, DimensionQuantity quantity,
                      double aside) {
  Curve curve{"N → ∞", dots(7, true)};
  if (!assessment.limits) return curve;
  for (const std::size_t l : spread_out(assessment.depth(), most_layers)) {
    const compare::DimensionEstimate* at = shown_estimate(assessment, quantity, l);
    if (at == nullptr || std::isnan(at->number.shown(at->value))) continue;
    curve.points.push_back(point_of(static_cast<double>(l) + 1.0 + aside, *at));
  }
  return curve;
}

/// "dimensionality {/:Italic D̃}"
std::string axis_label(const compare::DimensionAssessment& assessment, DimensionQuantity quantity) {
  if (quantity == DimensionQuantity::correlation_strength)
    return "correlation strength {/:Italic N} Σ";
  return assessment.is_of_fixed_dimension ? "dimensionality {/:Italic N D̃}"
                                          : "dimensionality {/:Italic D̃}";
}

/// What the quantity is, in a sentence.
std::string meaning_of(const compare::DimensionAssessment& assessment, DimensionQuantity quantity) {
  if (quantity == DimensionQuantity::correlation_strength)
    return "N times Σ, the mean over pairs of units of their squared covariance over inputs, at "
           "each layer.";
  return assessment.is_of_fixed_dimension
             ? "How many directions the activations of a layer spread over, N D̃ = (tr C)²/tr C², C "
               "their covariance over inputs."
             : "The share of directions that the activations of a layer spread over, D̃ = "
               "(tr C)²/(N tr C²), C their covariance over inputs.";
}

/// 1/N^p and D̃ at this width by the series in (N₀/N)^p.
Point on_series(const compare::DimensionEstimate& estimate, double narrowest, double x,
                double power) {
  double sum = 0.0;
  const double step = x * std::pow(narrowest, power);
  for (Eigen::Index k = estimate.series.size(); k-- > 0;) sum = sum * step + estimate.series[k];
  const double value = estimate.number.shown(sum);
  return {x, value, value, value};
}

}  // namespace

std::optional<Figure> layer_figure(const compare::DimensionAssessment& assessment,
                                   DimensionQuantity quantity) {
  const bool is_dimension = quantity == DimensionQuantity::dimensionality;
  const std::vector<std::int64_t> widths = assessment.simulated_widths();
  const std::vector<std::size_t> shown = spread_out(widths.size(), most_widths);
  const auto count = static_cast<double>(shown.size() + (assessment.limits ? 1 : 0));
  // Dots of one layer stand side by side.
  const double step = 0.07 * std::max(1.0, static_cast<double>(assessment.depth()) / 8.0);
  std::vector<Curve> curves = {theory_by_layer(assessment, quantity)};
  bool any_measured = false;
  double aside = -0.5 * step * (count - 1.0);
  int line_type = 0;
  for (const std::size_t w : shown) {
    curves.push_back(width_by_layer(assessment, quantity, widths[w], ++line_type, aside));
    any_measured = any_measured || !curves.back().points.empty();
    aside += step;
  }
  curves.push_back(limits_by_layer(assessment, quantity, aside));
  if (!any_measured) return std::nullopt;
  Figure figure;
  figure.name = is_dimension ? "dimensionality" : "correlation_strength";
  figure.title = is_dimension ? "Dimensionality from layer to layer"
                              : "Correlation strength from layer to layer";
  const auto depth = static_cast<double>(assessment.depth());
  draw(figure, curves,
       fmt::format("set xrange [{:.6g}:{:.6g}]\nset xtics {}\nset xlabel 'layer {{/:Italic l}}'\n"
                   "set ylabel '{}'\n",
                   1.0 - std::max(0.5, 0.03 * depth), depth + std::max(0.5, 0.03 * depth),
                   depth > 10.0 ? "auto" : "1", axis_label(assessment, quantity)));
  figure.caption = meaning_of(assessment, quantity);
  if (!curves.front().points.empty())
    figure.caption += depth > 1.0 ? " The line is what theory predicts of infinitely wide layers."
                                  : " The cross is what theory predicts of infinitely wide layers.";
  figure.caption += " Dots are means over networks of width N";
  if (!curves.back().points.empty())
    figure.caption +=
        fmt::format(", squares their limit by a series in {}", series_in_words(assessment));
  figure.caption += "; bars are 95% intervals. Dots of one layer stand side by side.";
  if (assessment.depth() > most_layers)
    figure.caption += fmt::format(" Dots of {} layers are shown.", most_layers);
  return figure;
}

std::optional<Figure> width_series_figure(const compare::DimensionAssessment& assessment) {
  const double power = assessment.options.power;
  const std::size_t depth = assessment.depth();
  Curve means{"means", dots(1)};
  for (const compare::WidthDimension& at : assessment.widths)
    if (static_cast<std::size_t>(at.layer) == depth && std::isfinite(at.dimensionality.mean))
      means.points.push_back(
          point_of(std::pow(static_cast<double>(at.width), -power), at.dimensionality));
  if (means.points.size() < 2) return std::nullopt;
  const double widest_x = means.points.front().x;
  Curve theory{"theory", "with lines lt 7 lw 1.5 dt 2", true};
  Curve series{"series", "with lines lt 1 lw 1.5", true};
  Curve limit{"limit", dots(7, true)};
  if (assessment.prediction) {
    const double d = assessment.prediction->layers.back().dimensionality;
    if (std::isfinite(d)) theory.points = {{0.0, d, d, d}, {1.05 * widest_x, d, d, d}};
  }
  const compare::DimensionEstimate* estimate =
      assessment.limits && depth > 0
          ? shown_estimate(assessment, DimensionQuantity::dimensionality, depth - 1)
          : nullptr;
  if (estimate != nullptr && std::isfinite(estimate->number.shown(estimate->value))) {
    limit.points = {point_of(0.0, *estimate)};
    for (int i = 0; i <= steps_of_a_curve; ++i)
      series.points.push_back(on_series(*estimate,
                                        static_cast<double>(assessment.widths.front().width),
                                        widest_x * i / steps_of_a_curve, power));
    std::erase_if(series.points, [](const Point& at) { return std::isnan(at.value); });
  }
  Figure figure;
  figure.name = "dimensionality_by_width";
  figure.title = "The last layer's dimensionality against width";
  std::vector<std::string> tics = {"'∞' 0"};
  double last_x = 0.0;
  const std::vector<std::int64_t> widths = assessment.simulated_widths();
  for (auto width = widths.rbegin(); width != widths.rend(); ++width) {
    const double x = std::pow(static_cast<double>(*width), -power);
    const double room = least_room_of_tics * widest_x;
    if (x - last_x < room || (x < widest_x && widest_x - x < room)) continue;
    tics.push_back(fmt::format("'{}' {:.6g}", *width, x));
    last_x = x;
  }
  draw(figure, {theory, series, means, limit},
       fmt::format("set xrange [{:.6g}:{:.6g}]\nset xtics ({})\n"
                   "set xlabel 'width {{/:Italic N}}, on a scale of {}'\nset ylabel '{}'\n",
                   -0.04 * widest_x, 1.05 * widest_x, fmt::join(tics, ", "),
                   series_in_words(assessment),
                   axis_label(assessment, DimensionQuantity::dimensionality)));
  figure.caption = fmt::format(
      "Dimensionality of layer {} against the width, the axis being {}: the limit of infinitely "
      "wide "
      "layers is at the left. Dots are means over networks",
      depth, series_in_words(assessment));
  if (!limit.points.empty())
    figure.caption += fmt::format(
        ", the line their series of order {} in {} (of 1/D̃), and the square where it ends",
        assessment.limits->order(), series_in_words(assessment));
  figure.caption += "; bars are 95% intervals.";
  if (!theory.points.empty()) figure.caption += " Dashed: the prediction of the limit.";
  if (!assessment.convergence.empty() && assessment.convergence.back().bias) {
    const compare::Exponent& e = *assessment.convergence.back().bias;
    figure.caption += fmt::format(
        " The distance from the prediction falls as N to the power of {:.2f} ({:.2f} to {:.2f}).",
        e.value, e.low, e.high);
  }
  return figure;
}

}  // namespace wideproof::report
