// SPDX-License-Identifier: MIT
#include <wideproof/compare/width_points.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/compare/class_columns.hpp>
#include <wideproof/compare/fluctuation_exponent.hpp>
#include <wideproof/compare/vector_estimate.hpp>

namespace wideproof::compare {

std::vector<WidthPoint> fluctuation_points(const GramStudy& study, Quantity quantity,
                                           Eigen::Index label, std::size_t layer) {
  const model::EntryClasses& classes = study.series.classes;
  const bool of_gram = quantity == Quantity::gram;
  const PredictedLayer& of = study.prediction[layer];
  const Eigen::MatrixXd& limit = of_gram ? of.gram_variance : of.correlation_variance;
  std::vector<WidthPoint> points;
  for (const model::WidthSeries& at : study.series.widths) {
    WidthPoint point{.width = at.width};
    if (limit.size() > 0) point.predicted = classes.means(limit)[label];
    const Eigen::MatrixXd& blocks = of_gram ? at.gram_variances : at.correlation_variances;
    if (blocks.rows() > 1) {
      const Eigen::Index column = static_cast<Eigen::Index>(layer) * classes.count() + label;
      const VectorEstimate log_variance = log_mean_of_rows(blocks.col(column));
      const double half = two_sided_95 * std::sqrt(log_variance.covariance(0, 0));
      const double n = static_cast<double>(at.width);
      if (std::isfinite(log_variance.value[0]) && std::isfinite(half)) {
        point.value = n * std::exp(log_variance.value[0]);
        point.low = n * std::exp(log_variance.value[0] - half);
        point.high = n * std::exp(log_variance.value[0] + half);
      }
    }
    points.push_back(point);
  }
  return points;
}

std::vector<WidthPoint> spread_points(const GramStudy& study, std::size_t layer) {
  const auto spread = log_spread(study.series, layer);
  if (!spread) return {};
  const model::EntryClasses& classes = study.series.classes;
  const Eigen::VectorXd share =
      classes.sizes().cast<double>() / static_cast<double>(classes.sizes().sum());
  const Eigen::MatrixXd& variance = study.prediction[layer].gram_variance;
  const double predicted = variance.size() > 0 ? std::sqrt(classes.means(variance).dot(share))
                                               : std::numeric_limits<double>::quiet_NaN();
  std::vector<WidthPoint> points;
  for (Eigen::Index w = 0; w < spread->widths.size(); ++w) {
    const double half = two_sided_95 * std::sqrt(spread->variance[w]);
    points.push_back({study.series.widths[static_cast<std::size_t>(w)].width,
                      std::exp(spread->value[w]), std::exp(spread->value[w] - half),
                      std::exp(spread->value[w] + half), predicted / std::sqrt(spread->widths[w])});
  }
  return points;
}

std::vector<WidthPoint> norm_points(const GramStudy& study, std::size_t layer) {
  if (!is_finite(study.series)) return {};
  std::vector<ClassColumn> columns =
      gram_columns(study.series, study.prediction, study.assessment.options);
  std::erase_if(columns,
                [layer](const ClassColumn& of) { return of.layer != layer || of.label != 0; });
  if (columns.empty()) return {};
  const WidthVectors means = class_means(study.series, columns, study.assessment.options);
  const Eigen::MatrixXd& bias = study.prediction[layer].gram_bias;
  std::vector<WidthPoint> points;
  for (std::size_t w = 0; w < means.at.size(); ++w) {
    const double value = means.at[w].value[0];
    const double half = two_sided_95 * std::sqrt(means.at[w].covariance(0, 0));
    WidthPoint point{means.widths[w], value, value - half, value + half, columns[0].predicted};
    if (bias.size() > 0)
      point.predicted += bias.diagonal().mean() / static_cast<double>(point.width);
    points.push_back(point);
  }
  return points;
}

}  // namespace wideproof::compare
