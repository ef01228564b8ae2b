// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/traces.hpp>

#include <cmath>
#include <string>
#include <utility>

#include <wideproof/report/dimension/words.hpp>
#include <wideproof/report/figure/figure_text.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

constexpr std::size_t most_dots_of_a_trace = 16;

std::string layer_axes(const char* label) {
  return std::string("set xlabel 'layer {/:Italic l}'\nset ylabel '") + label +
         "'\nset autoscale xfix\nset offsets 0.3, 0.3, graph 0.05, graph 0.05\n";
}

std::shared_ptr<const TracedFigure> shared_figure(const char* name, const char* title,
                                                  const char* caption, const char* label) {
  return std::make_shared<const TracedFigure>(TracedFigure{.name = name,
                                                           .title = title,
                                                           .caption = caption,
                                                           .axes = layer_axes(label),
                                                           .x = TracedFigure::X::layers});
}

std::shared_ptr<const TracedFigure> figure_of(DimensionQuantity quantity,
                                              bool is_of_fixed_dimension) {
  return quantity == DimensionQuantity::dimensionality
             ? dimensionality_by_layer(is_of_fixed_dimension)
             : strength_by_layer();
}

SweepTrace line_of(const model::DimensionPrediction& prediction, DimensionQuantity quantity,
                   bool is_of_fixed_dimension) {
  SweepTrace trace{.figure = figure_of(quantity, is_of_fixed_dimension)};
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    const model::LayerDimension& at = prediction.layers[l];
    const double value =
        quantity == DimensionQuantity::dimensionality ? at.dimensionality : at.correlation_strength;
    if (!std::isfinite(value)) continue;
    trace.line_x.push_back(static_cast<double>(l) + 1.0);
    trace.line_y.push_back(value);
  }
  return trace;
}

void add_trace_dots(SweepTrace& trace, const compare::DimensionAssessment& assessment,
                    DimensionQuantity quantity) {
  for (const std::size_t l : spread_out(assessment.depth(), most_dots_of_a_trace)) {
    const compare::DimensionEstimate* at = shown_estimate(assessment, quantity, l);
    if (at == nullptr) continue;
    const double value = at->number.shown(at->value);
    if (!std::isfinite(value)) continue;
    trace.dot_x.push_back(static_cast<double>(l) + 1.0);
    trace.dot_y.push_back(value);
    trace.dot_error.push_back(at->number.shown_error(at->value, at->standard_error));
  }
}

std::vector<DimensionQuantity> traced_quantities(bool is_of_fixed_dimension) {
  if (is_of_fixed_dimension) return {DimensionQuantity::dimensionality};
  return {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength};
}

}  // namespace

std::shared_ptr<const TracedFigure> dimensionality_by_layer(bool is_of_fixed_dimension) {
  static const auto of_the_width = shared_figure(
      "dimensionality_by_layer", "Dimensionality from layer to layer",
      "Dimensionality D̃ = (tr C)²/(N tr C²) of each layer's covariance C over inputs, the networks "
      "in the limit N → ∞ or, with one width, at that width.",
      "dimensionality {/:Italic D̃}");
  static const auto of_the_data = shared_figure(
      "dimensionality_by_layer", "Dimensionality from layer to layer",
      "How many directions activations spread over, N D̃ = (tr C)²/tr C² of each layer's covariance "
      "C over inputs, the networks in the limit N → ∞ or, with one width, at that width.",
      "dimensionality {/:Italic N D̃}");
  return is_of_fixed_dimension ? of_the_data : of_the_width;
}

std::shared_ptr<const TracedFigure> strength_by_layer() {
  static const auto figure =
      shared_figure("strength_by_layer", "Correlation strength from layer to layer",
                    "Correlation strength NΣ of each layer, Σ the mean of C_ij² over pairs of "
                    "units, the networks "
                    "in the limit N → ∞ or, with one width, at that width.",
                    "correlation strength {/:Italic N} Σ");
  return figure;
}

std::vector<SweepTrace> dimension_traces(const compare::DimensionAssessment& assessment) {
  std::vector<SweepTrace> traces;
  const model::DimensionPrediction prediction =
      assessment.prediction.value_or(model::DimensionPrediction{});
  for (const DimensionQuantity quantity : traced_quantities(assessment.is_of_fixed_dimension)) {
    SweepTrace trace = line_of(prediction, quantity, assessment.is_of_fixed_dimension);
    add_trace_dots(trace, assessment, quantity);
    traces.push_back(std::move(trace));
  }
  return traces;
}

std::vector<SweepTrace> dimension_traces(const model::DimensionPrediction& prediction,
                                         bool is_of_fixed_dimension) {
  std::vector<SweepTrace> traces;
  for (const DimensionQuantity quantity : traced_quantities(is_of_fixed_dimension))
    traces.push_back(line_of(prediction, quantity, is_of_fixed_dimension));
  return traces;
}

}  // namespace wideproof::report
