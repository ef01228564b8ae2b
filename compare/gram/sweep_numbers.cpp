// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/sweep_numbers.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

/// Pairs whose predictions are the same but for rounding.
constexpr double same_prediction = 1e-12;

SweepQuantity of_the_last_layer(const char* name, const char* unit, const char* meaning) {
  const std::string of_it = name;
  return {.name = of_it,
          .plural = of_it + "s",
          .indefinite = "a " + of_it,
          .label = of_it + " of the last layer",
          .map_label = of_it,
          .meaning = meaning,
          .column_unit = unit,
          .without_width = {.brief = "n → ∞", .in_words = "the limit n → ∞"}};
}

/// Of which entries of a matrix a number is the mean.
enum class Part { norms, pairs, least_pairs };

constexpr Part parts[] = {Part::norms, Part::pairs, Part::least_pairs};

SharedQuantity quantity_of(Part part) {
  if (part == Part::norms) return norm_quantity();
  return part == Part::pairs ? correlation_quantity() : least_correlation_quantity();
}

std::vector<Entry> entries_of_part(Part part, const Eigen::MatrixXd& predicted) {
  const bool is_norm = part == Part::norms;
  std::vector<Entry> entries =
      distinct_entries(is_norm ? Quantity::gram : Quantity::correlation, predicted.rows());
  if (is_norm) std::erase_if(entries, [](const Entry& entry) { return entry.row != entry.column; });
  if (part != Part::least_pairs) return entries;
  double least = std::numeric_limits<double>::quiet_NaN();
  for (const Entry& entry : entries) least = std::fmin(least, predicted(entry.row, entry.column));
  std::erase_if(entries, [&](const Entry& entry) {
    return !(predicted(entry.row, entry.column) <= least + same_prediction);
  });
  return entries;
}

double mean_of(const Eigen::MatrixXd& matrix, const std::vector<Entry>& entries) {
  double sum = 0.0;
  for (const Entry& entry : entries) sum += matrix(entry.row, entry.column);
  return sum / static_cast<double>(entries.size());
}

/// `error` that of `value`.
void set_interval(SweepNumber& number, double error, double freedom) {
  if (!(freedom > 0.0) || !std::isfinite(error)) return;
  const double reach = student_upper_quantile(0.025, freedom) * error;
  number.low = number.value - reach;
  number.high = number.value + reach;
}

SweepNumber measured_norm(const LayerComparison& layer, const NormEstimate& norm,
                          std::int64_t width) {
  SweepNumber number{.quantity = norm_quantity(), .width = width};
  number.value = norm.value;
  number.predicted = layer.gram.predicted.diagonal().mean();
  set_interval(number, norm.standard_error, norm.degrees_of_freedom);
  return number;
}

/// Errors of single entries are averaged: how correlations move together is not kept.
SweepNumber measured_correlation(const MatrixComparison& matrix, Part part, std::int64_t width) {
  SweepNumber number{.quantity = quantity_of(part), .width = width};
  const std::vector<Entry> entries = entries_of_part(part, matrix.predicted);
  if (entries.empty()) return number;
  number.value = mean_of(matrix.estimate.value, entries);
  number.predicted = mean_of(matrix.predicted, entries);
  double freedom = std::numeric_limits<double>::infinity();
  for (const Entry& entry : entries)
    freedom = std::min(freedom, matrix.estimate.degrees_of_freedom(entry.row, entry.column));
  set_interval(number, mean_of(matrix.estimate.standard_error, entries), freedom);
  return number;
}

}  // namespace

SharedQuantity norm_quantity() {
  static const SharedQuantity norm = [] {
    SweepQuantity quantity =
        of_the_last_layer("norm", "last layer, mean",
                          "The norm is the diagonal of the last layer's Gram matrix, its mean over "
                          "inputs.");
    // Norms hardly depend on what is swept: their map would be one of noise.
    quantity.is_mapped = false;
    quantity.is_in_short = false;
    return std::make_shared<const SweepQuantity>(std::move(quantity));
  }();
  return norm;
}

SharedQuantity correlation_quantity() {
  static const SharedQuantity correlation = std::make_shared<const SweepQuantity>(
      of_the_last_layer("correlation", "last layer, mean",
                        "The correlation is the mean over pairs of inputs at the last layer."));
  return correlation;
}

SharedQuantity least_correlation_quantity() {
  static const SharedQuantity least = [] {
    SweepQuantity quantity =
        of_the_last_layer("least correlation", "last layer",
                          "It is that of the two inputs whose correlation at the last layer is "
                          "predicted to be the least.");
    quantity.label = "least correlation";
    quantity.is_mapped = false;  // it looks as that of the mean
    return std::make_shared<const SweepQuantity>(std::move(quantity));
  }();
  return least;
}

std::vector<SweepNumber> last_layer_numbers(const Assessment& assessment) {
  const bool limit = assessment.extrapolation.has_value();
  if (!limit && assessment.widths.empty()) return {};
  const LayerComparison& last =
      limit ? assessment.extrapolation->layers.back() : assessment.widths.back().comparison;
  const std::int64_t width = limit ? 0 : assessment.widths.back().width;
  std::vector<SweepNumber> numbers;
  if (!last.has_norm()) return numbers;
  if (assessment.options.norms_are_predicted)
    numbers.push_back(measured_norm(last, assessment.norms.back(), width));
  for (const Part part : {Part::pairs, Part::least_pairs}) {
    const SweepNumber number = measured_correlation(last.correlation, part, width);
    if (std::isfinite(number.value)) numbers.push_back(number);
  }
  return numbers;
}

std::vector<SweepNumber> predicted_numbers(const std::vector<PredictedLayer>& prediction) {
  std::vector<SweepNumber> numbers;
  const PredictedLayer& last = prediction.back();
  if (!has_limit(last.without_limit, {Quantity::gram, 0, 0})) return numbers;
  for (const Part part : parts) {
    const Eigen::MatrixXd& matrix = part == Part::norms ? last.gram : last.correlation;
    const std::vector<Entry> entries = entries_of_part(part, matrix);
    if (entries.empty()) continue;
    numbers.push_back({.quantity = quantity_of(part), .predicted = mean_of(matrix, entries)});
  }
  return numbers;
}

void tell_of_inputs(std::vector<SweepNumber>& numbers, const Eigen::MatrixXd& kernel,
                    double bias_variance) {
  const Eigen::MatrixXd weighed = kernel.array() - bias_variance;
  const Eigen::VectorXd norm = weighed.diagonal().cwiseSqrt();
  const std::vector<Entry> pairs = distinct_entries(Quantity::correlation, kernel.rows());
  if (pairs.empty()) return;
  double sum = 0.0;
  for (const Entry& pair : pairs)
    sum += weighed(pair.row, pair.column) / (norm[pair.row] * norm[pair.column]);
  for (SweepNumber& number : numbers)
    if (number.quantity == correlation_quantity())
      number.of_inputs = without_rounding(sum / static_cast<double>(pairs.size()));
}

SweepNumber needed_width_number(std::int64_t width, double margin, double confidence) {
  const std::string condition = fmt::format(
      "The least width n at which one network keeps every correlation of every layer within {:g} "
      "of its limit, with {}.",
      margin, as_percent(confidence));
  return {.quantity = std::make_shared<const SweepQuantity>(
              SweepQuantity{.name = "needed width",
                            .plural = "needed widths",
                            .indefinite = "a needed width",
                            .label = "needed width n",
                            .map_label = "needed width n",
                            .meaning = condition,
                            .table_note = condition,
                            .column_unit = fmt::format("n for ±{:g}", margin),
                            .scale = SweepQuantity::Scale::logarithmic}),
          .predicted = static_cast<double>(width)};
}

}  // namespace wideproof::compare
