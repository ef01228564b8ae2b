// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/number_limits.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/power_of_two.hpp>
#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {
namespace {

/// Whether each standard error is that of rounding, and so twice its square at most with it.
bool is_known_exactly(const WidthVectors& one, const LimitNumber& number, double rounding) {
  return std::all_of(one.at.begin(), one.at.end(), [&](const VectorEstimate& at) {
    return at.covariance(0, 0) <= 2.0 * std::pow(rounding * number.scale, 2);
  });
}

Eigen::VectorXd predictions_of(const std::vector<LimitNumber>& numbers,
                               const std::vector<std::size_t>& columns) {
  Eigen::VectorXd predicted(static_cast<Eigen::Index>(columns.size()));
  for (std::size_t k = 0; k < columns.size(); ++k)
    predicted[static_cast<Eigen::Index>(k)] = numbers[columns[k]].predicted;
  return predicted;
}

double two_sided_p(const LimitEstimate<>& estimate) {
  return student_two_sided((estimate.value - estimate.number.predicted) / estimate.standard_error,
                           estimate.degrees_of_freedom);
}

LimitEstimate<> limit_of(const WidthVectors& one, const LimitNumber& number, int order,
                         bool is_guarded, double rounding) {
  const Eigen::VectorXd predicted = Eigen::VectorXd::Constant(1, number.predicted);
  const ClassLimit fit = fit_class_limit(one, predicted, order, 0.5);
  LimitEstimate<> estimate;
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

NumberLimits<> fit_number_limits(const std::vector<NetworkNumbers>& measured,
                                 const std::vector<LimitNumber>& numbers,
                                 const std::vector<std::size_t>& joint_numbers,
                                 const LimitOptions& options) {
  NumberLimits<> limits;
  limits.joint_numbers = joint_numbers;
  limits.joint = fit_class_limit(means_of(measured, numbers, joint_numbers, options),
                                 predictions_of(numbers, joint_numbers), std::nullopt,
                                 options.lack_of_fit_error, options.power < 1.0 ? 2 : 1);
  for (std::size_t k = 0; k < numbers.size(); ++k)
    limits.all.push_back(limit_of(means_of(measured, numbers, {k}, options), numbers[k],
                                  limits.joint.order, limits.joint.guard.has_value(),
                                  options.rounding));
  return limits;
}

std::vector<LimitEstimate<>> means_at_largest_width(const std::vector<NetworkNumbers>& measured,
                                                    const std::vector<LimitNumber>& numbers,
                                                    const LimitOptions& options) {
  const std::vector<NetworkNumbers> widest = {measured.back()};
  std::vector<LimitEstimate<>> means;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const WidthVectors one = means_of(widest, numbers, {k}, options);
    LimitEstimate<> mean;
    mean.number = numbers[k];
    mean.value = one.at.front().value[0];
    mean.standard_error = std::sqrt(one.at.front().covariance(0, 0));
    mean.degrees_of_freedom = one.at.front().degrees_of_freedom;
    mean.is_exact = is_known_exactly(one, numbers[k], options.rounding);
    if (numbers[k].is_judged) mean.p_value = two_sided_p(mean);
    means.push_back(mean);
  }
  return means;
}

BiasSeries bias_of(const std::vector<NetworkNumbers>& measured,
                   const std::vector<LimitNumber>& numbers, std::size_t number,
                   const LimitOptions& options) {
  const WidthVectors one = means_of(measured, numbers, {number}, options);
  const double unit = power_of_two_below(numbers[number].scale);
  const auto widths = static_cast<Eigen::Index>(one.at.size());
  BiasSeries series{Eigen::VectorXd(widths), Eigen::VectorXd(widths), Eigen::VectorXd(widths),
                    std::numeric_limits<double>::infinity(), one.power};
  for (Eigen::Index w = 0; w < widths; ++w) {
    const VectorEstimate& at = one.at[static_cast<std::size_t>(w)];
    series.width[w] = static_cast<double>(one.widths[static_cast<std::size_t>(w)]);
    series.bias[w] = (at.value[0] - numbers[number].predicted) / unit;
    series.standard_error[w] = std::sqrt(at.covariance(0, 0)) / unit;
    series.degrees_of_freedom = std::min(series.degrees_of_freedom, at.degrees_of_freedom);
  }
  return series;
}

}  // namespace wideproof::compare
