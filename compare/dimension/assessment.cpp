// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/assessment.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/dimension/claims.hpp>
#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/limits/limit_verdict.hpp>
#include <wideproof/compare/widths/bias_exponent.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

using model::DimensionMeasurement;
using model::DimensionPrediction;
using model::InputError;
using model::WidthDimensions;

DimensionMean mean_of(const DimensionNumber& number, const Eigen::VectorXd& networks) {
  DimensionMean result;
  const auto count = static_cast<double>(networks.size());
  if (networks.size() == 0 || !networks.allFinite()) return result;
  const double mean = networks.mean();
  result.mean = number.shown(mean);
  if (networks.size() < 2 || std::isnan(result.mean)) return result;
  const double variance = (networks.array() - mean).square().sum() / (count * (count - 1.0));
  result.standard_error = number.shown_error(mean, std::sqrt(variance));
  return result;
}

std::vector<WidthDimension> means_by_width(const DimensionMeasurement& measurement) {
  std::vector<WidthDimension> means;
  for (const WidthDimensions& at : measurement) {
    for (Eigen::Index l = 0; l < at.inverse_dimensionality.cols(); ++l) {
      WidthDimension mean;
      mean.width = at.width;
      mean.layer = l + 1;
      mean.replicates = at.inverse_dimensionality.rows();
      mean.dimensionality =
          mean_of(number_of(DimensionQuantity::dimensionality), at.inverse_dimensionality.col(l));
      if (at.correlation_strength.cols() > 0)
        mean.correlation_strength = mean_of(number_of(DimensionQuantity::correlation_strength),
                                            at.correlation_strength.col(l));
      means.push_back(mean);
    }
  }
  return means;
}

void check_shapes(const std::optional<DimensionPrediction>& prediction,
                  const DimensionMeasurement& measurement) {
  if (measurement.empty()) return;
  const Eigen::Index depth = measurement.front().inverse_dimensionality.cols();
  const Eigen::Index strengths = measurement.front().correlation_strength.cols();
  const auto refuse = [&](std::int64_t width, Eigen::Index layers) {
    throw InputError(fmt::format("width {}: {} layers were measured, where the first width has {}",
                                 width, layers, depth));
  };
  for (const WidthDimensions& at : measurement) {
    const Eigen::MatrixXd& strength = at.correlation_strength;
    if (at.inverse_dimensionality.cols() != depth)
      refuse(at.width, at.inverse_dimensionality.cols());
    if (strength.cols() != strengths || (strengths != 0 && strengths != depth) ||
        (strengths != 0 && strength.rows() != at.inverse_dimensionality.rows()))
      throw InputError(fmt::format(
          "width {}: the correlation strengths are {} × {}, where {} × {} or none were "
          "to be measured",
          at.width, strength.rows(), strength.cols(), at.inverse_dimensionality.rows(), depth));
  }
  if (prediction && static_cast<Eigen::Index>(prediction->layers.size()) != depth)
    throw InputError(fmt::format("the prediction has {} layers, but {} were measured",
                                 prediction->layers.size(), depth));
}

/// The first layer of a prediction that no mean can be set beside, in a sentence; else "".
std::string hindrance_of(const DimensionPrediction& prediction, bool is_of_fixed_dimension) {
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    const model::LayerDimension& at = prediction.layers[l];
    const double d = at.dimensionality;
    const auto of_layer = [&](DimensionQuantity quantity, const std::string& what) {
      return fmt::format("layer {}: the predicted {} {}, so nothing is judged", l + 1,
                         symbol_of(quantity, is_of_fixed_dimension), what);
    };
    if (d == 0.0)
      return of_layer(DimensionQuantity::dimensionality,
                      "is 0, which 1/D̃ approaches by no series in the width");
    if (!(d > 0.0) || !std::isfinite(1.0 / d) || !std::isfinite(d))
      return of_layer(DimensionQuantity::dimensionality, "is not positive and finite");
    if (!is_of_fixed_dimension && !std::isfinite(at.correlation_strength))
      return of_layer(DimensionQuantity::correlation_strength, "is not finite");
  }
  return "";
}

std::string hindrance_of(const WidthDimensions& at, bool is_of_fixed_dimension) {
  const Eigen::Index networks = at.inverse_dimensionality.rows();
  if (networks < 2)
    return fmt::format(
        "width {}: {} not show how much networks differ; it takes two or more, so nothing is "
        "judged",
        at.width, networks == 1 ? "one network does" : "no networks do");
  for (Eigen::Index l = 0; l < at.inverse_dimensionality.cols(); ++l) {
    for (const DimensionQuantity quantity :
         {DimensionQuantity::dimensionality, DimensionQuantity::correlation_strength}) {
      const bool is_dimension = quantity == DimensionQuantity::dimensionality;
      if (!is_dimension && is_of_fixed_dimension) continue;
      const Eigen::VectorXd networks_at =
          is_dimension ? at.inverse_dimensionality.col(l) : at.correlation_strength.col(l);
      const auto unusable = (!networks_at.array().isFinite()).count();
      if (unusable > 0)
        return fmt::format(
            "width {}, layer {}: {} is not finite in {} of {} networks: activations overflowed or "
            "vanished, so nothing is judged",
            at.width, l + 1, symbol_of(quantity, is_of_fixed_dimension), unusable, networks);
    }
    if (!(at.inverse_dimensionality.col(l).mean() > 0.0))
      return fmt::format(
          "width {}, layer {}: the mean of 1/D̃ is not positive, so that no D̃ belongs to it: take "
          "more samples",
          at.width, l + 1);
  }
  return "";
}

std::string hindrance_of(const DimensionAssessment& assessment,
                         const DimensionMeasurement& measurement) {
  if (measurement.empty() || assessment.depth() == 0) return "nothing was measured";
  for (const WidthDimensions& at : measurement) {
    std::string hindrance = hindrance_of(at, assessment.is_of_fixed_dimension);
    if (!hindrance.empty()) return hindrance;
  }
  return assessment.prediction
             ? hindrance_of(*assessment.prediction, assessment.is_of_fixed_dimension)
             : "";
}

/// A series of 1/D̃ that ends where no D̃ is, in a sentence; else "".
std::string hindrance_of(const std::vector<DimensionEstimate>& limits) {
  for (const DimensionEstimate& at : limits)
    if (std::isnan(at.number.shown(at.value)))
      return fmt::format(
          "layer {}: the means of 1/D̃ lead to a limit of {:.3g}, to which no D̃ belongs, so nothing "
          "is judged: add wider networks or replicates",
          at.number.layer + 1, at.value);
  return "";
}

/// What every network shows alike is known too well for the two terms of that fit.
std::vector<LayerConvergence> convergence_of(const std::vector<NetworkNumbers>& measured,
                                             const std::vector<DimensionEstimate>& estimates,
                                             const std::vector<LimitNumber>& numbers,
                                             const DimensionOptions& options) {
  std::vector<std::vector<BiasSeries>> candidates(estimates.back().number.layer + 1);
  for (std::size_t k = 0; k < estimates.size(); ++k)
    if (numbers[k].is_judged && !estimates[k].is_exact)
      candidates[estimates[k].number.layer].push_back(bias_of(measured, numbers, k, options));
  std::vector<LayerConvergence> layers;
  for (const std::vector<BiasSeries>& of_layer : candidates)
    layers.push_back(
        {static_cast<std::int64_t>(layers.size()) + 1, std::nullopt, bias_exponent(of_layer)});
  return layers;
}

/// Fills all that is fitted, the claims and the verdict.
void conclude(DimensionAssessment& assessment, const DimensionMeasurement& measurement) {
  const std::vector<DimensionNumber> numbers =
      dimension_numbers(assessment.prediction, measurement, assessment.options);
  const std::vector<NetworkNumbers> measured = rows_by_width(measurement, numbers);
  LimitFindings found =
      find_limits(measured, plain(numbers), joint_dimension_numbers(numbers), assessment.options);
  if (found.limits) assessment.limits = with_numbers(*found.limits, numbers);
  assessment.estimates = with_numbers(found.estimates(), numbers);
  assessment.hindrance = hindrance_of(assessment.estimates);
  assessment.heavy_limits = found.heavy;
  if (assessment.prediction)
    assessment.convergence =
        convergence_of(measured, assessment.estimates, plain(numbers), assessment.options);
  for (const LayerConvergence& at : assessment.convergence)
    if (at.bias) found.biases.push_back({fmt::format("layer {}", at.layer), *at.bias});
  const LimitWords words = dimension_words(numbers, assessment.depth(), assessment);
  if (assessment.hindrance.empty())
    assessment.claims =
        judged_claims(open_limit_claims(found, words), assessment.options.family_error);
  assessment.verdict =
      limit_verdict(found, words, assessment.claims, assessment.is_judged(), assessment.hindrance);
}

}  // namespace

std::size_t DimensionAssessment::depth() const {
  std::int64_t deepest = prediction ? static_cast<std::int64_t>(prediction->layers.size()) : 0;
  for (const WidthDimension& at : widths) deepest = std::max(deepest, at.layer);
  return static_cast<std::size_t>(deepest);
}

std::vector<std::int64_t> DimensionAssessment::simulated_widths() const {
  std::vector<std::int64_t> all;
  for (const WidthDimension& at : widths)
    if (all.empty() || all.back() != at.width) all.push_back(at.width);
  return all;
}

const DimensionEstimate* DimensionAssessment::estimate(DimensionQuantity quantity,
                                                       std::size_t layer) const {
  const auto found = std::find_if(estimates.begin(), estimates.end(), [&](const auto& at) {
    return at.number.quantity == quantity && at.number.layer == layer;
  });
  return found == estimates.end() ? nullptr : &*found;
}

DimensionAssessment assess_dimension(const std::optional<DimensionPrediction>& prediction,
                                     const DimensionMeasurement& measurement,
                                     const DimensionOptions& options) {
  check(options);
  check_shapes(prediction, measurement);
  DimensionAssessment assessment;
  assessment.options = options;
  assessment.prediction = prediction;
  assessment.is_of_fixed_dimension = is_of_fixed_dimension(measurement);
  assessment.widths = means_by_width(measurement);
  assessment.hindrance = hindrance_of(assessment, measurement);
  if (assessment.hindrance.empty())
    conclude(assessment, measurement);
  else
    assessment.verdict =
        limit_verdict({.options = options}, {}, {}, assessment.is_judged(), assessment.hindrance);
  return assessment;
}

}  // namespace wideproof::compare
