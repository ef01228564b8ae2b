// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/figures/width_points.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/compare/statistics/vector_estimate.hpp>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>

namespace wideproof::report {
namespace {

/// exp of an estimated logarithm with its interval, times `factor`; no value where it is not known.
WidthPoint from_logarithm(std::int64_t width, double value, double variance, double factor,
                          double predicted) {
  const double half = normal_95 * std::sqrt(variance);
  WidthPoint point{.width = width, .predicted = predicted};
  if (!std::isfinite(value) || !std::isfinite(half)) return point;
  point.value = factor * std::exp(value);
  point.low = factor * std::exp(value - half);
  point.high = factor * std::exp(value + half);
  return point;
}

}  // namespace

std::vector<WidthPoint> fluctuation_points(const GramStudy& study, compare::Quantity quantity,
                                           Eigen::Index label, std::size_t layer) {
  const model::EntryClasses& classes = study.series.classes;
  const bool of_gram = quantity == compare::Quantity::gram;
  const compare::PredictedLayer& prediction = study.prediction[layer];
  const Eigen::MatrixXd& limit =
      of_gram ? prediction.gram_variance : prediction.correlation_variance;
  const double predicted = limit.size() > 0 ? classes.means(limit)[label] : WidthPoint::none;
  std::vector<WidthPoint> points;
  for (const model::WidthSeries& at : study.series.widths) {
    const Eigen::MatrixXd& blocks = of_gram ? at.gram_variances : at.correlation_variances;
    if (blocks.rows() < 2) continue;
    const auto column = static_cast<Eigen::Index>(layer) * classes.count() + label;
    const compare::VectorEstimate log_variance = compare::log_mean_of_rows(blocks.col(column));
    points.push_back(from_logarithm(at.width, log_variance.value[0], log_variance.covariance(0, 0),
                                    static_cast<double>(at.width), predicted));
  }
  return points;
}

std::vector<WidthPoint> spread_points(const GramStudy& study, std::size_t layer) {
  const Eigen::VectorXd share =
      study.assessment.judged_shares.col(static_cast<Eigen::Index>(layer));
  const auto spread = compare::log_spread(study.series, layer, share);
  if (!spread) return {};
  const model::EntryClasses& classes = study.series.classes;
  const Eigen::MatrixXd& limit = study.prediction[layer].gram_variance;
  const double predicted =
      limit.size() > 0 ? std::sqrt(classes.means(limit).dot(share)) : WidthPoint::none;
  std::vector<WidthPoint> points;
  for (Eigen::Index w = 0; w < spread->widths.size(); ++w)
    points.push_back(from_logarithm(study.series.widths[static_cast<std::size_t>(w)].width,
                                    spread->value[w], spread->variance[w], 1.0,
                                    predicted / std::sqrt(spread->widths[w])));
  return points;
}

std::vector<WidthPoint> norm_points(const GramStudy& study, std::size_t layer) {
  if (!compare::is_finite(study.series)) return {};
  std::vector<compare::ClassColumn> columns =
      gram_columns(study.series, study.prediction, study.assessment.options);
  std::erase_if(columns, [layer](const compare::ClassColumn& column) {
    return column.layer != layer || column.label != 0;
  });
  if (columns.empty()) return {};
  const compare::WidthVectors means = class_means(study.series, columns, study.assessment.options);
  const Eigen::MatrixXd& bias = study.prediction[layer].gram_bias;
  std::vector<WidthPoint> points;
  for (std::size_t w = 0; w < means.at.size(); ++w) {
    const double value = means.at[w].value[0];
    const double half = normal_95 * std::sqrt(means.at[w].covariance(0, 0));
    WidthPoint point{means.widths[w], value, value - half, value + half, columns[0].predicted};
    if (bias.size() > 0)
      point.predicted += bias.diagonal().mean() / static_cast<double>(point.width);
    points.push_back(point);
  }
  return points;
}

}  // namespace wideproof::report
