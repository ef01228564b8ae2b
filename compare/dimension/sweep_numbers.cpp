// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/sweep_numbers.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

SharedQuantity of_last_layer(const char* name, const char* plural, const char* symbol,
                             const char* meaning) {
  return std::make_shared<const SweepQuantity>(SweepQuantity{
      .name = name,
      .plural = plural,
      .indefinite = std::string("a ") + name,
      .label = std::string(name) + " " + symbol + " of the last layer",
      .map_label = std::string(name) + " " + symbol,
      .meaning = meaning,
      .column_unit = "last layer",
      .without_width = {.brief = "N → ∞", .in_words = "the limit N → ∞", .column = "N → ∞"},
      .has_draws = true});
}

SharedQuantity quantity_of(DimensionQuantity quantity, bool is_of_fixed_dimension) {
  return quantity == DimensionQuantity::dimensionality
             ? dimensionality_quantity(is_of_fixed_dimension)
             : correlation_strength_quantity();
}

std::vector<DimensionQuantity> quantities_of(bool is_of_fixed_dimension) {
  if (is_of_fixed_dimension) return {DimensionQuantity::dimensionality};
  return {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength};
}

double predicted_of(const DimensionAssessment& assessment, DimensionQuantity quantity) {
  if (!assessment.prediction || assessment.prediction->layers.empty())
    return std::numeric_limits<double>::quiet_NaN();
  const model::LayerDimension& last = assessment.prediction->layers.back();
  return quantity == DimensionQuantity::dimensionality ? last.dimensionality
                                                       : last.correlation_strength;
}

/// Draws of the number that is shown, linear in those of its own scale.
std::vector<double> draws_of(const DimensionNumber& number, const Eigen::VectorXd& networks) {
  if (networks.size() == 0 || !networks.allFinite()) return {};
  std::vector<double> draws(networks.begin(), networks.end());
  if (number.quantity == DimensionQuantity::correlation_strength) return draws;
  const double mean = networks.mean();
  if (!(mean > 0.0)) return {};
  for (double& draw : draws) draw = (2.0 - draw / mean) / mean;
  return draws;
}

void set_interval(SweepNumber& number, const Interval& interval) {
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) return;
  number.low = interval.low;
  number.high = interval.high;
}

SweepNumber at_width(const model::WidthDimensions& at, const DimensionNumber& number,
                     const SharedQuantity& quantity, double predicted) {
  SweepNumber shown{.quantity = quantity, .width = at.width, .predicted = predicted};
  const Eigen::VectorXd networks = rows_of(at, {number});
  if (networks.size() == 0 || !networks.allFinite()) return shown;
  const double mean = networks.mean();
  shown.value = number.shown(mean);
  shown.draws = draws_of(number, networks);
  if (networks.size() < 2) return shown;
  const auto count = static_cast<double>(networks.size());
  const double error =
      std::sqrt((networks.array() - mean).square().sum() / (count * (count - 1.0)));
  const double reach = student_upper_quantile(0.025, count - 1.0) * error;
  set_interval(shown, number.shown(Interval{mean - reach, mean + reach}));
  return shown;
}

/// Σ_w A_w y_w over the r-th networks of all widths; empty where widths have unequal numbers.
Eigen::VectorXd limit_by_network(const model::DimensionMeasurement& measurement,
                                 const DimensionNumber& number, const Eigen::VectorXd& influence) {
  const Eigen::Index networks = measurement.front().inverse_dimensionality.rows();
  Eigen::VectorXd limit = Eigen::VectorXd::Zero(networks);
  for (std::size_t w = 0; w < measurement.size(); ++w) {
    if (measurement[w].inverse_dimensionality.rows() != networks) return {};
    limit += influence[static_cast<Eigen::Index>(w)] * rows_of(measurement[w], {number});
  }
  return limit;
}

SweepNumber in_the_limit(const DimensionAssessment& assessment,
                         const model::DimensionMeasurement& measurement,
                         const DimensionEstimate& estimate, const SharedQuantity& quantity,
                         double predicted) {
  SweepNumber shown{.quantity = quantity, .predicted = predicted};
  if (!assessment.limits->follows_series(assessment.options.family_error)) return shown;
  shown.value = estimate.number.shown(estimate.value);
  set_interval(shown, estimate.number.shown(estimate.interval(0.95)));
  shown.draws = draws_of(estimate.number, limit_by_network(measurement, estimate.number,
                                                           assessment.limits->joint.influence));
  return shown;
}

}  // namespace

SharedQuantity dimensionality_quantity(bool is_of_fixed_dimension) {
  static const SharedQuantity of_the_width = of_last_layer(
      "dimensionality", "dimensionalities", "D̃",
      "The dimensionality is D̃ = (tr C)²/(N tr C²) of the last layer's covariance C over inputs.");
  static const SharedQuantity of_the_data = of_last_layer(
      "dimensionality", "dimensionalities", "N D̃",
      "The dimensionality is N D̃ = (tr C)²/tr C² of the last layer's covariance C over inputs.");
  return is_of_fixed_dimension ? of_the_data : of_the_width;
}

SharedQuantity correlation_strength_quantity() {
  static const SharedQuantity strength = of_last_layer(
      "correlation strength", "correlation strengths", "NΣ",
      "The correlation strength is NΣ, Σ the mean of C_ij² over pairs of units of the "
      "last layer.");
  return strength;
}

std::vector<SweepNumber> dimension_sweep_numbers(const DimensionAssessment& assessment,
                                                 const model::DimensionMeasurement& measurement) {
  std::vector<SweepNumber> numbers;
  if (assessment.depth() == 0) return numbers;
  const std::size_t last = assessment.depth() - 1;
  for (const DimensionQuantity quantity : quantities_of(assessment.is_of_fixed_dimension)) {
    const SharedQuantity shared = quantity_of(quantity, assessment.is_of_fixed_dimension);
    const double predicted = predicted_of(assessment, quantity);
    const DimensionEstimate* limit = assessment.estimate(quantity, last);
    if (assessment.limits && limit != nullptr)
      numbers.push_back(in_the_limit(assessment, measurement, *limit, shared, predicted));
    for (const model::WidthDimensions& at : measurement)
      numbers.push_back(at_width(at, number_of(quantity, last), shared, predicted));
  }
  return numbers;
}

std::vector<SweepNumber> planned_dimension_numbers(const std::vector<std::int64_t>& widths,
                                                   bool is_of_fixed_dimension) {
  std::vector<SweepNumber> numbers;
  for (const DimensionQuantity quantity : quantities_of(is_of_fixed_dimension)) {
    const SharedQuantity shared = quantity_of(quantity, is_of_fixed_dimension);
    if (widths.size() > 1) numbers.push_back({.quantity = shared});
    for (const std::int64_t width : widths) numbers.push_back({.quantity = shared, .width = width});
  }
  return numbers;
}

std::vector<SweepNumber> predicted_dimension_numbers(const model::DimensionPrediction& prediction,
                                                     bool is_of_fixed_dimension) {
  std::vector<SweepNumber> numbers;
  if (prediction.layers.empty()) return numbers;
  const model::LayerDimension& last = prediction.layers.back();
  numbers.push_back({.quantity = dimensionality_quantity(is_of_fixed_dimension),
                     .predicted = last.dimensionality});
  if (!is_of_fixed_dimension)
    numbers.push_back(
        {.quantity = correlation_strength_quantity(), .predicted = last.correlation_strength});
  return numbers;
}

}  // namespace wideproof::compare
