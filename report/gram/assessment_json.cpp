// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/assessment_json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace wideproof::report {
namespace {

Json exponent_json(const std::optional<compare::Exponent>& exponent) {
  if (!exponent) return nullptr;
  return {{"value", exponent->value}, {"low", exponent->low}, {"high", exponent->high}};
}

/// The number of a hidden layer, or the key of another matrix.
Json layer_json(const compare::Assessment& assessment, std::int64_t layer) {
  const auto key = assessment.options.name(static_cast<std::size_t>(layer) - 1).key;
  return key == std::to_string(layer) ? Json(layer) : Json(key);
}

}  // namespace

Json extrapolation_json(const compare::Assessment& assessment, const MatricesInJson& matrices) {
  Json layers = Json::array();
  if (!assessment.extrapolation) return layers;
  for (const auto& layer : assessment.extrapolation->layers) {
    const auto of = [&](compare::Quantity quantity, Eigen::MatrixXd matrix) -> Json {
      for (Eigen::Index a = 0; a < matrix.rows(); ++a)
        for (Eigen::Index b = 0; b < matrix.cols(); ++b)
          if (!layer.has_limit({quantity, a, b})) matrix(a, b) = std::nan("");
      return matrices(matrix);
    };
    const auto of_gram = [&](const Eigen::MatrixXd& matrix) -> Json {
      return assessment.options.norms_are_predicted ? of(compare::Quantity::gram, matrix)
                                                    : Json(nullptr);
    };
    const auto of_correlation = [&](const Eigen::MatrixXd& matrix) {
      return of(compare::Quantity::correlation, matrix);
    };
    layers.push_back(
        {{"layer", layer_json(assessment, layer.layer)},
         {"order", assessment.extrapolation->order},
         {"limit", of_gram(layer.gram.estimate.value)},
         {"standard_error", of_gram(layer.gram.estimate.standard_error)},
         {"correlation_limit", of_correlation(layer.correlation.estimate.value)},
         {"correlation_standard_error", of_correlation(layer.correlation.estimate.standard_error)},
         {"p_value", layer.p_value},
         {"equivalence",
          {{"margin", layer.equivalence.margin}, {"holds", layer.equivalence.holds}}}});
  }
  return layers;
}

Json convergence_json(const compare::Assessment& assessment) {
  Json layers = Json::array();
  for (const auto& layer : assessment.convergence) {
    layers.push_back({{"layer", layer_json(assessment, layer.layer)},
                      {"fluctuation_exponent", exponent_json(layer.fluctuation)},
                      {"bias_exponent", exponent_json(layer.bias)}});
  }
  return layers;
}

Json fluctuation_json(const compare::Assessment& assessment) {
  Json classes = Json::array();
  if (!assessment.fluctuation) return classes;
  for (const auto& limit : compare::fluctuation_limits(*assessment.fluctuation)) {
    classes.push_back(
        {{"layer", layer_json(assessment, static_cast<std::int64_t>(limit.column.layer) + 1)},
         {"like", limit.column.matrix.entry(limit.column.example)},
         {"prediction", limit.column.predicted},
         {"measurement", limit.value},
         {"low", limit.low},
         {"high", limit.high}});
  }
  return classes;
}

Json heavy_tails_json(const compare::Assessment& assessment) {
  Json tails = Json::array();
  for (const auto& tail : assessment.heavy_tails) tails.push_back(compare::describe(tail));
  return tails;
}

Json variance_reduction_json(const model::LayerMeasurement& measured) {
  if (measured.plain_gram.mean.size() == 0) return nullptr;
  const auto gain = [](const model::SampleMoments& plain, const model::SampleMoments& reduced,
                       compare::Quantity quantity) -> Json {
    double logs = 0.0;
    double least = std::numeric_limits<double>::infinity();
    int entries = 0;
    for (const auto& [kind, a, b] : compare::distinct_entries(quantity, plain.mean.rows())) {
      // What is left of some entries is rounding.
      if (!(reduced.variance(a, b) > 1e-12 * plain.variance(a, b))) continue;
      const double ratio = plain.variance(a, b) / reduced.variance(a, b);
      logs += std::log(ratio);
      least = std::min(least, ratio);
      ++entries;
    }
    if (entries == 0) return nullptr;
    return {{"mean", std::exp(logs / entries)}, {"least", least}};
  };
  return {{"gram", gain(measured.plain_gram, measured.gram, compare::Quantity::gram)},
          {"correlation",
           gain(measured.plain_correlation, measured.correlation, compare::Quantity::correlation)}};
}

}  // namespace wideproof::report
