// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/sweep_numbers.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

SweepQuantity of_the_last_layer(const char* name, const char* meaning) {
  const std::string of_it = name;
  return {.name = of_it,
          .plural = of_it + "s",
          .indefinite = "a " + of_it,
          .label = of_it + " of the last layer",
          .map_label = of_it,
          .meaning = meaning,
          .column_unit = "last layer, mean",
          .without_width = {.brief = "n → ∞", .in_words = "the limit n → ∞"}};
}

SweepNumber mean_of(const MatrixComparison& matrix, Quantity quantity, std::int64_t width) {
  const bool is_norm = quantity == Quantity::gram;
  SweepNumber number{.quantity = is_norm ? norm_quantity() : correlation_quantity(),
                     .width = width};
  double count = 0.0;
  double value = 0.0;
  double error = 0.0;
  double predicted = 0.0;
  double freedom = std::numeric_limits<double>::infinity();
  for (const Entry& entry : distinct_entries(quantity, matrix.predicted.rows())) {
    const auto a = entry.row;
    const auto b = entry.column;
    if (is_norm && a != b) continue;
    ++count;
    value += matrix.estimate.value(a, b);
    error += matrix.estimate.standard_error(a, b);
    predicted += matrix.predicted(a, b);
    freedom = std::min(freedom, matrix.estimate.degrees_of_freedom(a, b));
  }
  if (count == 0.0) return number;
  number.value = value / count;
  number.predicted = predicted / count;
  if (!(freedom > 0.0) || !std::isfinite(error)) return number;
  const double reach = student_upper_quantile(0.025, freedom) * error / count;
  number.low = number.value - reach;
  number.high = number.value + reach;
  return number;
}

}  // namespace

SharedQuantity norm_quantity() {
  static const SharedQuantity norm = [] {
    SweepQuantity quantity = of_the_last_layer(
        "norm", "The norm is the diagonal of the last layer's Gram matrix, its mean over inputs.");
    // Norms hardly depend on what is swept: their map would be one of noise.
    quantity.is_mapped = false;
    return std::make_shared<const SweepQuantity>(std::move(quantity));
  }();
  return norm;
}

SharedQuantity correlation_quantity() {
  static const SharedQuantity correlation = std::make_shared<const SweepQuantity>(of_the_last_layer(
      "correlation", "The correlation is the mean over pairs of inputs at the last layer."));
  return correlation;
}

std::vector<SweepNumber> norm_and_correlation(const Assessment& assessment) {
  const bool limit = assessment.extrapolation.has_value();
  if (!limit && assessment.widths.empty()) return {};
  const LayerComparison& last =
      limit ? assessment.extrapolation->layers.back() : assessment.widths.back().comparison;
  const std::int64_t width = limit ? 0 : assessment.widths.back().width;
  std::vector<SweepNumber> numbers;
  if (assessment.options.norms_are_predicted)
    numbers.push_back(mean_of(last.gram, Quantity::gram, width));
  const SweepNumber correlation = mean_of(last.correlation, Quantity::correlation, width);
  if (std::isfinite(correlation.value)) numbers.push_back(correlation);
  return numbers;
}

}  // namespace wideproof::compare
