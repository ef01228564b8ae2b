// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// What summary.json says of a study of dimension beside the parts that all kinds have. A number
/// that does not exist is null:
///
///   prediction     [{layer, dimensionality, correlation_strength}], empty where there is none
///   fixed_point    {variance, eta, dimensionality} or null
///   measurement    [{width, layer, replicates, dimensionality: {mean, standard_error},
///                  correlation_strength: {mean, standard_error}}]
///   extrapolation  [{layer, order, power, dimensionality: {limit, standard_error, low, high,
///                  p_value}, correlation_strength: {…}, equivalence: {margin, holds}}]
///   convergence    [{layer, fluctuation_exponent, bias_exponent: {value, low, high} or null}]
///   claims         as of every kind
///
/// Of data of a fixed dimension `dimensionality` is N D̃ and correlation_strength null.
Json dimension_summary(const compare::DimensionAssessment& assessment);

/// The first two of these, of a prediction alone.
Json dimension_prediction_json(const model::DimensionPrediction& prediction);

}  // namespace wideproof::report
