// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/numbers.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace wideproof::compare {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

const Eigen::MatrixXd& networks_of(const model::WidthDimensions& at, DimensionQuantity quantity) {
  return quantity == DimensionQuantity::dimensionality ? at.inverse_dimensionality
                                                       : at.correlation_strength;
}

/// The largest mean over networks, of either sign; 1 where all are 0.
double measured_scale(const model::DimensionMeasurement& measurement, DimensionQuantity quantity,
                      std::size_t layer) {
  double largest = 0.0;
  for (const model::WidthDimensions& at : measurement)
    largest = std::max(
        largest, std::abs(networks_of(at, quantity).col(static_cast<Eigen::Index>(layer)).mean()));
  return largest > 0.0 ? largest : 1.0;
}

/// Not positive where none is known.
double strength_scale(const model::LayerDimension& predicted) {
  const double d = predicted.dimensionality;
  if (std::isfinite(predicted.variance)) return predicted.variance * predicted.variance / d;
  return d < 1.0 ? predicted.correlation_strength / (1.0 - d) : predicted.correlation_strength;
}

}  // namespace

double DimensionNumber::shown(double number) const {
  if (quantity == DimensionQuantity::correlation_strength) return number;
  return number > 0.0 ? 1.0 / number : no_number;
}

Interval DimensionNumber::shown(const Interval& interval) const {
  if (quantity == DimensionQuantity::correlation_strength) return interval;
  if (std::isnan(interval.low) || std::isnan(interval.high)) return {no_number, no_number};
  const double low = interval.high > 0.0 ? 1.0 / interval.high : open_end;
  return {low, interval.low > 0.0 ? 1.0 / interval.low : std::max(low, open_end)};
}

double DimensionNumber::shown_error(double number, double error) const {
  return quantity == DimensionQuantity::correlation_strength ? error : error / (number * number);
}

DimensionNumber number_of(DimensionQuantity quantity, std::size_t layer) {
  return {{}, quantity, layer};
}

std::string symbol_of(DimensionQuantity quantity, bool is_of_fixed_dimension) {
  if (quantity == DimensionQuantity::correlation_strength) return "NΣ";
  return is_of_fixed_dimension ? "N D̃" : "D̃";
}

bool is_of_fixed_dimension(const model::DimensionMeasurement& measurement) {
  return !measurement.empty() && measurement.front().correlation_strength.cols() == 0;
}

std::vector<DimensionNumber> dimension_numbers(
    const std::optional<model::DimensionPrediction>& prediction,
    const model::DimensionMeasurement& measurement, const DimensionOptions& options) {
  std::vector<DimensionNumber> numbers;
  const auto depth = static_cast<std::size_t>(measurement.front().inverse_dimensionality.cols());
  const double margin = options.equivalence_margin;
  const double open_end =
      is_of_fixed_dimension(measurement) ? std::numeric_limits<double>::infinity() : 1.0;
  const auto add = [&](std::size_t layer, DimensionQuantity quantity, double predicted,
                       double scale, Interval equal) {
    const bool is_judged = std::isfinite(predicted) && scale > 0.0;
    if (!is_judged) scale = measured_scale(measurement, quantity, layer);
    numbers.push_back({{predicted, scale, equal, is_judged}, quantity, layer, open_end});
  };
  for (std::size_t layer = 0; layer < depth; ++layer) {
    const model::LayerDimension predicted =
        prediction ? prediction->layers[layer] : model::LayerDimension{no_number, no_number};
    const double d = predicted.dimensionality;
    add(layer, DimensionQuantity::dimensionality, 1.0 / d, 1.0 / d,
        {1.0 / (d * (1.0 + margin)), 1.0 / (d * (1.0 - margin))});
    if (is_of_fixed_dimension(measurement)) continue;
    const double strength = predicted.correlation_strength;
    const double scale = strength_scale(predicted);
    add(layer, DimensionQuantity::correlation_strength, strength, scale,
        {strength - margin * scale, strength + margin * scale});
  }
  return numbers;
}

Eigen::MatrixXd rows_of(const model::WidthDimensions& at,
                        const std::vector<DimensionNumber>& numbers) {
  Eigen::MatrixXd rows(at.inverse_dimensionality.rows(), static_cast<Eigen::Index>(numbers.size()));
  for (Eigen::Index k = 0; k < rows.cols(); ++k) {
    const DimensionNumber& number = numbers[static_cast<std::size_t>(k)];
    rows.col(k) = networks_of(at, number.quantity).col(static_cast<Eigen::Index>(number.layer));
  }
  return rows;
}

std::vector<NetworkNumbers> rows_by_width(const model::DimensionMeasurement& measurement,
                                          const std::vector<DimensionNumber>& numbers) {
  std::vector<NetworkNumbers> measured;
  for (const model::WidthDimensions& at : measurement)
    measured.push_back({at.width, rows_of(at, numbers)});
  return measured;
}

}  // namespace wideproof::compare
