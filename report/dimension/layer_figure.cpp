// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/layer_figure.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/dimension/curves.hpp>
#include <wideproof/report/dimension/words.hpp>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

constexpr std::size_t most_layers = 40;
constexpr std::size_t most_widths = 3;

const compare::DimensionMean& mean_at(const compare::WidthDimension& at,
                                      DimensionQuantity quantity) {
  return quantity == DimensionQuantity::dimensionality ? at.dimensionality
                                                       : at.correlation_strength;
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
  Curve curve{fmt::format("N = {}", width), curve_dots(line_type)};
  const std::vector<std::size_t> layers = spread_out(assessment.depth(), most_layers);
  for (const compare::WidthDimension& at : assessment.widths) {
    const auto layer = static_cast<std::size_t>(at.layer) - 1;
    if (at.width != width || !std::isfinite(mean_at(at, quantity).mean) ||
        std::find(layers.begin(), layers.end(), layer) == layers.end())
      continue;
    curve.points.push_back(
        curve_point(static_cast<double>(at.layer) + aside, mean_at(at, quantity)));
  }
  return curve;
}

Curve limits_by_layer(const compare::DimensionAssessment& assessment, DimensionQuantity quantity,
                      double aside) {
  Curve curve{"N → ∞", curve_dots(7, true)};
  if (!assessment.limits) return curve;
  for (const std::size_t l : spread_out(assessment.depth(), most_layers)) {
    const compare::DimensionEstimate* at = shown_estimate(assessment, quantity, l);
    if (at == nullptr || std::isnan(at->number.shown(at->value))) continue;
    curve.points.push_back(curve_point(static_cast<double>(l) + 1.0 + aside, *at));
  }
  return curve;
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

}  // namespace

std::optional<Figure> layer_figure(const compare::DimensionAssessment& assessment,
                                   DimensionQuantity quantity) {
  const bool is_dimension = quantity == DimensionQuantity::dimensionality;
  const std::vector<std::int64_t> widths = assessment.simulated_widths();
  const std::vector<std::size_t> shown = spread_out(widths.size(), most_widths);
  const auto count = static_cast<double>(shown.size() + (assessment.limits ? 1 : 0));
  // Dots of one layer stand side by side.
  const double step = 0.11 * std::max(1.0, static_cast<double>(assessment.depth()) / 8.0);
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
  draw_curves(
      figure, curves,
      layer_tics(static_cast<std::int64_t>(assessment.depth())) +
          fmt::format("set xrange [{:.6g}:{:.6g}]\nset xlabel 'layer {{/:Italic l}}'\n"
                      "set ylabel '{}'\n",
                      1.0 - std::max(0.5, 0.03 * depth), depth + std::max(0.5, 0.03 * depth),
                      axis_label(assessment, quantity)),
      curve_heights(curves, true));
  figure.caption = meaning_of(assessment, quantity);
  if (!curves.front().points.empty())
    figure.caption += depth > 1.0 ? " The line is what theory predicts of infinitely wide layers."
                                  : " The cross is what theory predicts of infinitely wide layers.";
  figure.caption += " Dots are means over networks of width N";
  if (!curves.back().points.empty())
    figure.caption +=
        fmt::format(", rings their limit by a series in {}", series_in_words(assessment));
  figure.caption += "; bars are 95% intervals. Dots of one layer stand side by side.";
  if (assessment.depth() > most_layers)
    figure.caption += fmt::format(" Dots of {} layers are shown.", most_layers);
  return figure;
}

}  // namespace wideproof::report
