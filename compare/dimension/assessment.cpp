// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/assessment.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/dimension/claims.hpp>
#include <wideproof/compare/dimension/verdict.hpp>
#include <wideproof/compare/statistics/power_of_two.hpp>
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
      mean.dimensionality = mean_of({.quantity = DimensionQuantity::dimensionality},
                                    at.inverse_dimensionality.col(l));
      if (at.correlation_strength.cols() > 0)
        mean.correlation_strength = mean_of({.quantity = DimensionQuantity::correlation_strength},
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

/// In a unit of about the number's scale, whose fourth powers are doubles.
BiasSeries bias_of(const WidthVectors& one, const DimensionNumber& number) {
  const double unit = power_of_two_below(number.scale);
  const auto widths = static_cast<Eigen::Index>(one.at.size());
  BiasSeries series{Eigen::VectorXd(widths), Eigen::VectorXd(widths), Eigen::VectorXd(widths),
                    std::numeric_limits<double>::infinity(), one.power};
  for (Eigen::Index w = 0; w < widths; ++w) {
    const VectorEstimate& at = one.at[static_cast<std::size_t>(w)];
    series.width[w] = static_cast<double>(one.widths[static_cast<std::size_t>(w)]);
    series.bias[w] = (at.value[0] - number.predicted) / unit;
    series.standard_error[w] = std::sqrt(at.covariance(0, 0)) / unit;
    series.degrees_of_freedom = std::min(series.degrees_of_freedom, at.degrees_of_freedom);
  }
  return series;
}

/// What every network shows alike is known too well for the two terms of that fit.
std::vector<LayerConvergence> convergence_of(const DimensionMeasurement& measurement,
                                             const std::vector<DimensionEstimate>& estimates,
                                             const DimensionOptions& options) {
  std::vector<std::vector<BiasSeries>> candidates(estimates.back().number.layer + 1);
  for (const DimensionEstimate& estimate : estimates)
    if (estimate.number.is_judged && !estimate.is_exact)
      candidates[estimate.number.layer].push_back(
          bias_of(dimension_means(measurement, {estimate.number}, options), estimate.number));
  std::vector<LayerConvergence> layers;
  for (const std::vector<BiasSeries>& of_layer : candidates)
    layers.push_back(
        {static_cast<std::int64_t>(layers.size()) + 1, std::nullopt, bias_exponent(of_layer)});
  return layers;
}

std::vector<HeavyLimit> heavy_limits_of(const DimensionAssessment& assessment,
                                        const DimensionMeasurement& measurement) {
  const auto widths = static_cast<Eigen::Index>(measurement.size());
  if (!assessment.limits)
    return heavy_limits(measurement, assessment.estimates,
                        Eigen::VectorXd::Unit(widths, widths - 1), {}, assessment.options);
  const ClassLimit& joint = assessment.limits->joint;
  return heavy_limits(measurement, assessment.estimates, joint.influence, joint.guard_influence,
                      assessment.options);
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
  if (assessment.hindrance.empty()) {
    const std::vector<DimensionNumber> numbers =
        dimension_numbers(prediction, measurement, options);
    if (measurement.size() > 1)
      assessment.limits = fit_dimension_limits(measurement, numbers, options);
    assessment.estimates = assessment.limits
                               ? assessment.limits->all
                               : means_at_largest_width(measurement, numbers, options);
    assessment.hindrance = hindrance_of(assessment.estimates);
    assessment.heavy_limits = heavy_limits_of(assessment, measurement);
    if (prediction)
      assessment.convergence = convergence_of(measurement, assessment.estimates, options);
    if (assessment.hindrance.empty()) assessment.claims = dimension_claims(assessment);
  }
  assessment.verdict = dimension_verdict(assessment);
  return assessment;
}

}  // namespace wideproof::compare
