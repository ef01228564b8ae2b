// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/learning_curve.hpp>

#include <cmath>

#include <wideproof/compare/generalization/claims.hpp>
#include <wideproof/compare/generalization/grouped_errors.hpp>
#include <wideproof/compare/generalization/verdict.hpp>

namespace wideproof::compare {
namespace {

constexpr double shown_coverage = 0.95;

MeanErrors of_networks(const GroupedErrors& group, std::int64_t width) {
  const auto at = [&](ErrorKind kind) { return mean_error(network_errors(group, width, kind)); };
  return {at(ErrorKind::pool), at(ErrorKind::training), at(ErrorKind::unseen)};
}

MeanErrors of_kernel(const GroupedErrors& group) {
  const auto at = [&](ErrorKind kind) { return mean_error(kernel_errors(group, kind)); };
  return {at(ErrorKind::pool), at(ErrorKind::training), at(ErrorKind::unseen)};
}

NetworkErrors at_width(const GroupedErrors& group, std::int64_t width) {
  NetworkErrors result;
  result.width = width;
  result.error = of_networks(group, width);
  std::vector<std::vector<double>> single;
  for (const DrawErrors& at : group.draws) {
    const auto found = at.networks.find(width);
    single.emplace_back();
    if (found == at.networks.end()) continue;
    for (const model::RegressionError& error : found->second) single.back().push_back(error.pool);
    result.networks += static_cast<std::int64_t>(found->second.size());
  }
  result.deviations = variance_components(single);
  result.excess = paired_ratio(network_errors(group, width, ErrorKind::pool),
                               kernel_errors(group, ErrorKind::pool));
  result.excess_interval = interval_of(result.excess, shown_coverage);
  return result;
}

WidthErrors width_errors(const GroupedErrors& group) {
  WidthErrors errors{group.widths, {}, kernel_errors(group, ErrorKind::pool)};
  for (const std::int64_t width : group.widths)
    errors.networks.push_back(network_errors(group, width, ErrorKind::pool));
  return errors;
}

LearningPoint learning_point(const GroupedErrors& group) {
  LearningPoint point;
  point.training_points = group.training_points;
  point.pool = group.pool;
  point.draws = static_cast<std::int64_t>(group.draws.size());
  point.unusable = group.unusable;
  point.kernel = of_kernel(group);
  const std::vector<double> predicted = predicted_errors(group);
  point.predicted = mean_error(predicted);
  point.prediction = paired_ratio(predicted, kernel_errors(group, ErrorKind::pool));
  point.prediction_interval = interval_of(point.prediction, shown_coverage);
  for (const std::int64_t width : group.widths) point.networks.push_back(at_width(group, width));
  const WidthErrors errors = width_errors(group);
  point.decay = excess_decay(errors);
  const WidthErrors wide = from_width(errors, wide_multiple * group.training_points);
  point.wide_widths = static_cast<std::int64_t>(wide.widths.size());
  for (const int order : {1, 2})
    point.limits[static_cast<std::size_t>(order - 1)] = excess_in_the_limit(wide, order);
  return point;
}

/// Of the draws with P training points.
TheoryMeans theory_means(const model::GeneralizationMeasurement& measurement, std::int64_t points) {
  TheoryMeans sum;
  double count = 0.0;
  for (const model::DrawnRegression& regression : measurement.draws) {
    if (regression.training_points != points || !regression.predicted) continue;
    sum.kappa += regression.predicted->kappa;
    sum.gamma += regression.predicted->gamma;
    sum.spectrum_dimension += regression.predicted->spectrum_dimension;
    sum.error_dimension += regression.predicted->error_dimension;
    ++count;
  }
  return {sum.kappa / count, sum.gamma / count, sum.spectrum_dimension / count,
          sum.error_dimension / count};
}

}  // namespace

GeneralizationAssessment assess_generalization(const model::GeneralizationMeasurement& measurement,
                                               const GeneralizationOptions& options) {
  check(options);
  GeneralizationAssessment result;
  result.options = options;
  for (const GroupedErrors& group : group_errors(measurement)) {
    result.points.push_back(learning_point(group));
    result.points.back().theory = theory_means(measurement, group.training_points);
  }
  GeneralizationOptions in_targets_units = options;
  in_targets_units.negligible_error *= measurement.target_square;
  const std::vector<GeneralizationClaim> claims =
      generalization_claims(result.points, in_targets_units);
  result.verdict = generalization_verdict(claims, result.points, options);
  result.claims.assign(claims.begin(), claims.end());
  return result;
}

}  // namespace wideproof::compare
