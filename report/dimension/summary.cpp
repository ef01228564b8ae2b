// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/summary.hpp>

#include <cmath>
#include <optional>
#include <utility>

#include <wideproof/report/json/common_parts.hpp>

namespace wideproof::report {
namespace {

using compare::DimensionQuantity;

Json mean_json(const compare::DimensionMean& mean) {
  return {{"mean", mean.mean}, {"standard_error", mean.standard_error}};
}

Json measurement_json(const compare::DimensionAssessment& assessment) {
  Json layers = Json::array();
  for (const compare::WidthDimension& at : assessment.widths) {
    layers.push_back(
        {{"width", at.width},
         {"layer", at.layer},
         {"replicates", at.replicates},
         {"dimensionality", mean_json(at.dimensionality)},
         {"correlation_strength",
          assessment.is_of_fixed_dimension ? Json(nullptr) : mean_json(at.correlation_strength)}});
  }
  return layers;
}

Json limit_json(const compare::DimensionEstimate* at) {
  if (at == nullptr) return nullptr;
  const compare::Interval interval = at->number.shown(at->interval(0.95));
  return {{"limit", at->number.shown(at->value)},
          {"standard_error", at->number.shown_error(at->value, at->standard_error)},
          {"low", interval.low},
          {"high", interval.high},
          {"p_value", at->p_value}};
}

/// null where nothing of the layer is judged.
Json holds_json(const compare::DimensionAssessment& assessment, std::size_t layer) {
  Json holds = nullptr;
  for (const auto quantity :
       {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength}) {
    const compare::DimensionEstimate* at = assessment.estimate(quantity, layer);
    if (at == nullptr || !at->number.is_judged) continue;
    const bool equal = at->is_equal(assessment.options.family_error);
    holds = equal && (holds.is_null() || holds.get<bool>());
  }
  return holds;
}

Json extrapolation_json(const compare::DimensionAssessment& assessment) {
  Json layers = Json::array();
  if (!assessment.limits) return layers;
  for (std::size_t l = 0; l < assessment.depth(); ++l) {
    layers.push_back(
        {{"layer", l + 1},
         {"order", assessment.limits->order()},
         {"power", assessment.options.power},
         {"dimensionality", limit_json(assessment.estimate(DimensionQuantity::dimensionality, l))},
         {"correlation_strength",
          limit_json(assessment.estimate(DimensionQuantity::correlation_strength, l))},
         {"equivalence",
          {{"margin", assessment.options.equivalence_margin},
           {"holds", holds_json(assessment, l)}}}});
  }
  return layers;
}

Json convergence_json(const compare::DimensionAssessment& assessment) {
  Json layers = Json::array();
  for (const compare::LayerConvergence& at : assessment.convergence) {
    Json bias = nullptr;
    if (at.bias) bias = {{"value", at.bias->value}, {"low", at.bias->low}, {"high", at.bias->high}};
    layers.push_back({{"layer", at.layer},
                      {"fluctuation_exponent", nullptr},
                      {"bias_exponent", std::move(bias)}});
  }
  return layers;
}

}  // namespace

Json dimension_prediction_json(const model::DimensionPrediction& prediction) {
  Json layers = Json::array();
  for (const model::LayerDimension& at : prediction.layers)
    layers.push_back({{"layer", layers.size() + 1},
                      {"dimensionality", at.dimensionality},
                      {"correlation_strength", at.correlation_strength}});
  Json fixed_point = nullptr;
  if (prediction.fixed_point)
    fixed_point = {{"variance", or_null(prediction.fixed_point->variance)},
                   {"eta", prediction.fixed_point->eta},
                   {"dimensionality", or_null(prediction.fixed_point->dimensionality)}};
  return {{"prediction", std::move(layers)}, {"fixed_point", std::move(fixed_point)}};
}

Json dimension_summary(const compare::DimensionAssessment& assessment) {
  Json summary =
      dimension_prediction_json(assessment.prediction.value_or(model::DimensionPrediction{}));
  summary["measurement"] = measurement_json(assessment);
  summary["extrapolation"] = extrapolation_json(assessment);
  summary["convergence"] = convergence_json(assessment);
  summary["claims"] = claims_json(assessment.claims);
  return summary;
}

}  // namespace wideproof::report
