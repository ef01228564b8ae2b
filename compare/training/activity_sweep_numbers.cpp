// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/activity_sweep_numbers.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/sparsity/sparsity_means.hpp>
#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

/// A column of one of model::HiddenActivity's matrices.
struct ActivityColumn {
  const char* name;
  const char* label;
  const char* meaning;
  Eigen::MatrixXd model::HiddenActivity::*matrix;
  Eigen::Index column;
  bool needs_classes;
  bool needs_positive;  ///< activities that are never negative
};

using model::HiddenActivity;
using model::SparsityNumber;

constexpr Eigen::Index column_of(SparsityNumber number) {
  return static_cast<Eigen::Index>(number);
}

const std::vector<ActivityColumn>& activity_columns() {
  static const std::vector<ActivityColumn> all = {
      {"hoyer", "Hoyer's sparseness", "Hoyer's sparseness, averaged over inputs.",
       &HiddenActivity::sparsity, column_of(SparsityNumber::hoyer), false, false},
      {"unit_hoyer", "Hoyer's sparseness of neurons",
       "Hoyer's sparseness of each neuron over the inputs, averaged over neurons that are not "
       "silent.",
       &HiddenActivity::sparsity, column_of(SparsityNumber::unit_hoyer), false, false},
      {"treves_rolls", "Treves–Rolls activity", "Treves and Rolls' activity ratio.",
       &HiddenActivity::sparsity, column_of(SparsityNumber::treves_rolls), false, false},
      {"lifetime", "lifetime sparseness", "Lifetime sparseness, pooled over neurons.",
       &HiddenActivity::sparsity, column_of(SparsityNumber::lifetime), false, false},
      {"silent", "silent neurons", "The share of the neurons that no input activates.",
       &HiddenActivity::sparsity, column_of(SparsityNumber::silent), false, false},
      {"ccmas", "class selectivity (ccmas)",
       "The largest class's mean activity against the mean over all other inputs, averaged over "
       "neurons.",
       &HiddenActivity::selectivity, 0, true, true},
      {"class_selectivity", "class selectivity",
       "The largest class's mean activity against the mean of the other classes' means, averaged "
       "over neurons.",
       &HiddenActivity::selectivity, 1, true, true},
      {"eta_squared", "share of the classes in the variance",
       "The share of the classes in the variance over inputs, pooled over neurons.",
       &HiddenActivity::selectivity, 2, true, false}};
  return all;
}

SharedQuantity activity_quantity(const ActivityColumn& column, const std::string& name,
                                 const std::string& of_what, bool is_first) {
  SweepQuantity words;
  words.name = name;
  words.plural = name + " values";
  words.indefinite = "a " + name + " value";
  words.label = fmt::format("{} {}", column.label, of_what);
  words.map_label = column.label;
  words.meaning = column.meaning;
  words.is_mapped = is_first;
  words.is_in_short = is_first && column.column <= 1;
  words.has_draws = true;
  return std::make_shared<const SweepQuantity>(std::move(words));
}

SweepNumber number_of(SharedQuantity quantity, std::int64_t width) {
  SweepNumber number;
  number.quantity = std::move(quantity);
  number.width = width;
  return number;
}

/// What the parts lack for it; empty where it is measured.
std::string lacking(const ActivityColumn& column, const TrainedSweepParts& parts) {
  if (column.needs_classes && !parts.has_accuracy) return "needs targets that are classes";
  if (column.needs_positive && parts.is_signed) return "needs activities that are never negative";
  return "";
}

/// Visits the columns by layer, the last one first, training inputs before test inputs.
template <class Visit>
void for_each_number(const TrainedSweepParts& parts, const Visit& visit) {
  for (std::int64_t layer = parts.layers_with_neurons; layer >= 1; --layer)
    for (const bool is_test : {false, true}) {
      if (is_test && !parts.has_test) continue;
      for (const ActivityColumn& column : activity_columns()) {
        const std::string base = std::string(is_test ? "test " : "") + column.name;
        const bool is_last = layer == parts.layers_with_neurons;
        visit(column, is_test, layer, name_at_layer(base, is_last ? 0 : layer));
      }
    }
}

void measure(SweepNumber& number, const model::TrainedWidth& at, const ActivityColumn& column,
             bool is_test, Eigen::Index layer) {
  Eigen::VectorXd networks(std::ssize(at.networks));
  for (Eigen::Index r = 0; r < networks.size(); ++r) {
    const model::SeenActivity& seen = at.networks[static_cast<std::size_t>(r)].back().activity;
    const Eigen::MatrixXd& matrix = (is_test ? seen.test : seen.training).*column.matrix;
    networks[r] = layer < matrix.rows() ? matrix(layer, column.column) : std::nan("");
  }
  const SparsityMean mean = sparsity_mean(networks);
  if (mean.networks == 0) return;
  number.value = mean.mean;
  number.draws.assign(networks.begin(), networks.end());
  if (mean.networks < 2) return;
  const double reach =
      student_upper_quantile(0.025, static_cast<double>(mean.networks - 1)) * mean.standard_error;
  number.low = mean.mean - reach;
  number.high = mean.mean + reach;
}

}  // namespace

std::vector<SweepNumber> activity_sweep_numbers(const model::TrainingMeasurement* measurement,
                                                const std::vector<std::int64_t>& widths,
                                                const TrainedSweepParts& parts) {
  std::vector<SweepNumber> numbers;
  for_each_number(parts, [&](const ActivityColumn& column, bool is_test, std::int64_t layer,
                             const std::string& name) {
    if (!lacking(column, parts).empty()) return;
    const bool is_last = layer == parts.layers_with_neurons;
    const std::string of_what = fmt::format("of {}{}", is_last ? "the last layer" : "layer ",
                                            is_last ? "" : std::to_string(layer));
    const auto quantity = activity_quantity(column, name, of_what, is_last && !is_test);
    for (std::size_t w = 0; w < widths.size(); ++w) {
      numbers.push_back(number_of(quantity, widths[w]));
      if (measurement != nullptr)
        measure(numbers.back(), measurement->widths[w], column, is_test, layer - 1);
    }
  });
  return numbers;
}

std::map<std::string, std::string> missing_activity_numbers(const TrainedSweepParts& parts) {
  std::map<std::string, std::string> missing;
  for_each_number(parts,
                  [&](const ActivityColumn& column, bool, std::int64_t, const std::string& name) {
                    const std::string need = lacking(column, parts);
                    if (!need.empty()) missing[name] = need;
                  });
  return missing;
}

}  // namespace wideproof::compare
