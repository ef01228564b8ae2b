// SPDX-License-Identifier: MIT
#include <wideproof/compare/tangent/sweep_numbers.hpp>

#include <memory>
#include <string>
#include <utility>

#include <wideproof/compare/gram/sweep_numbers.hpp>

namespace wideproof::compare {
namespace {

SharedQuantity shared_quantity(const std::string& name, const std::string& label,
                               const std::string& meaning) {
  return std::make_shared<const SweepQuantity>(
      SweepQuantity{.name = name,
                    .plural = name + "s",
                    .indefinite = "a " + name,
                    .label = label,
                    .map_label = label,
                    .meaning = meaning,
                    .column_unit = "output, mean",
                    .without_width = {.brief = "n → ∞", .in_words = "the limit n → ∞"}});
}

/// Of Gram matrices' numbers, the last of which is the output's tangent kernel.
std::vector<SweepNumber> renamed(std::vector<SweepNumber> numbers) {
  std::vector<SweepNumber> of_tangent;
  for (SweepNumber& number : numbers) {
    const bool is_norm = number.quantity == norm_quantity();
    if (!is_norm && number.quantity != correlation_quantity()) continue;
    number.quantity = is_norm ? tangent_quantity() : tangent_correlation_quantity();
    of_tangent.push_back(std::move(number));
  }
  return of_tangent;
}

}  // namespace

SharedQuantity tangent_quantity() {
  static const SharedQuantity tangent =
      shared_quantity("tangent kernel", "tangent kernel of the output",
                      "The tangent kernel is that of the output, the mean of its diagonal over "
                      "inputs.");
  return tangent;
}

SharedQuantity tangent_correlation_quantity() {
  static const SharedQuantity correlation = shared_quantity(
      "tangent correlation", "correlation of the output's tangent kernel",
      "The tangent correlation is Θ_ab/√(Θ_aa Θ_bb) of the output, its mean over pairs of inputs.");
  return correlation;
}

std::vector<SweepNumber> tangent_numbers(const Assessment& assessment) {
  return renamed(last_layer_numbers(assessment));
}

std::vector<SweepNumber> predicted_tangent_numbers(const model::TangentPrediction& prediction,
                                                   const Eigen::MatrixXd& without_limit) {
  auto layers = predicted_layers({prediction.output_tangent});
  layers.back().without_limit = without_limit;
  return renamed(predicted_numbers(layers));
}

}  // namespace wideproof::compare
