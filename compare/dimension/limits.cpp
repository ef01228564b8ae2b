// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/limits.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>
#include <wideproof/compare/widths/open_claim.hpp>
#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {
namespace {

/// Whether each standard error is that of rounding, and so twice its square at most with it.
bool is_known_exactly(const WidthVectors& one, const DimensionNumber& number, double rounding) {
  return std::all_of(one.at.begin(), one.at.end(), [&](const VectorEstimate& at) {
    return at.covariance(0, 0) <= 2.0 * std::pow(rounding * number.scale, 2);
  });
}

Eigen::VectorXd predictions_of(const std::vector<DimensionNumber>& numbers) {
  Eigen::VectorXd predicted(static_cast<Eigen::Index>(numbers.size()));
  for (std::size_t k = 0; k < numbers.size(); ++k)
    predicted[static_cast<Eigen::Index>(k)] = numbers[k].predicted;
  return predicted;
}

double two_sided_p(const DimensionEstimate& estimate) {
  return student_two_sided((estimate.value - estimate.number.predicted) / estimate.standard_error,
                           estimate.degrees_of_freedom);
}

/// The numbers of these layers that are judged; all of these layers where none is.
std::vector<DimensionNumber> for_joint_test(const std::vector<DimensionNumber>& numbers) {
  const bool any_judged = std::any_of(numbers.begin(), numbers.end(),
                                      [](const auto& number) { return number.is_judged; });
  const JointLayers layers(numbers.back().layer + 1);
  std::vector<DimensionNumber> chosen;
  for (const DimensionNumber& number : numbers)
    if (layers.holds(number.layer) && (number.is_judged || !any_judged)) chosen.push_back(number);
  return chosen;
}

DimensionEstimate limit_of(const WidthVectors& one, const DimensionNumber& number, int order,
                           bool is_guarded, double rounding) {
  const Eigen::VectorXd predicted = Eigen::VectorXd::Constant(1, number.predicted);
  const ClassLimit fit = fit_class_limit(one, predicted, order, 0.5);
  DimensionEstimate estimate;
  estimate.number = number;
  estimate.value = fit.limit[0];
  estimate.standard_error = fit.standard_error[0];
  estimate.degrees_of_freedom = fit.degrees_of_freedom[0];
  estimate.is_exact = is_known_exactly(one, number, rounding);
  Eigen::VectorXd means(static_cast<Eigen::Index>(one.at.size()));
  for (Eigen::Index w = 0; w < means.size(); ++w)
    means[w] = one.at[static_cast<std::size_t>(w)].value[0];
  estimate.series =
      fit_over_widths(inverse_width_columns(one.widths, order, one.power), one.weights).influence *
      means;
  if (!number.is_judged) return estimate;
  estimate.p_value = two_sided_p(estimate);
  if (is_guarded) estimate.guard_p = fit_class_limit(one, predicted, order + 1, 0.5).test.p_value;
  return estimate;
}

}  // namespace

Interval DimensionEstimate::interval(double coverage) const {
  const double reach =
      student_upper_quantile(0.5 * (1.0 - coverage), degrees_of_freedom) * standard_error;
  return {value - reach, value + reach};
}

bool DimensionEstimate::is_equal(double level) const {
  return room_taken(level) <= 1.0;
}

double DimensionEstimate::room_taken(double level) const {
  const double reach = student_upper_quantile(level, degrees_of_freedom) * standard_error;
  return std::max((value + reach - number.predicted) / (number.equal.high - number.predicted),
                  (number.predicted - value + reach) / (number.predicted - number.equal.low));
}

bool DimensionLimits::follows_series(double level) const {
  return !lacks_fit(joint.lack_of_fit, level);
}

DimensionLimits fit_dimension_limits(const model::DimensionMeasurement& measurement,
                                     const std::vector<DimensionNumber>& numbers,
                                     const DimensionOptions& options) {
  DimensionLimits limits;
  limits.joint_numbers = for_joint_test(numbers);
  limits.joint = fit_class_limit(dimension_means(measurement, limits.joint_numbers, options),
                                 predictions_of(limits.joint_numbers), std::nullopt,
                                 options.lack_of_fit_error, options.power < 1.0 ? 2 : 1);
  for (const DimensionNumber& number : numbers)
    limits.all.push_back(limit_of(dimension_means(measurement, {number}, options), number,
                                  limits.joint.order, limits.joint.guard.has_value(),
                                  options.rounding));
  return limits;
}

std::vector<DimensionEstimate> means_at_largest_width(
    const model::DimensionMeasurement& measurement, const std::vector<DimensionNumber>& numbers,
    const DimensionOptions& options) {
  const model::DimensionMeasurement widest = {measurement.back()};
  std::vector<DimensionEstimate> means;
  for (const DimensionNumber& number : numbers) {
    const WidthVectors one = dimension_means(widest, {number}, options);
    DimensionEstimate mean;
    mean.number = number;
    mean.value = one.at.front().value[0];
    mean.standard_error = std::sqrt(one.at.front().covariance(0, 0));
    mean.degrees_of_freedom = one.at.front().degrees_of_freedom;
    mean.is_exact = is_known_exactly(one, number, options.rounding);
    if (number.is_judged) mean.p_value = two_sided_p(mean);
    means.push_back(mean);
  }
  return means;
}

}  // namespace wideproof::compare
