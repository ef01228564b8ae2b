// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/fluctuation_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/widths/heavy_tails.hpp>

namespace wideproof::compare {
namespace {

const Eigen::MatrixXd& block_variances(const model::WidthSeries& at, Quantity quantity) {
  return quantity == Quantity::gram ? at.gram_variances : at.correlation_variances;
}

/// Whether the logarithm of the mean has a jackknife variance: more than one block shows a
/// variance, and they differ.
bool varies(const Eigen::VectorXd& of_blocks) {
  return of_blocks.sum() > of_blocks.maxCoeff() && of_blocks.minCoeff() < of_blocks.maxCoeff();
}

/// `candidates` with the predicted variances, less those without any variance or with networks of
/// too heavy tails.
std::vector<ClassColumn> with_variance(const model::ClassSeries& series,
                                       const std::vector<PredictedLayer>& predicted,
                                       std::vector<ClassColumn> candidates) {
  std::vector<ClassColumn> columns;
  for (ClassColumn& column : candidates) {
    const PredictedLayer& layer = predicted[column.layer];
    const Eigen::MatrixXd& variance =
        column.quantity == Quantity::gram ? layer.gram_variance : layer.correlation_variance;
    if (variance.size() == 0) continue;
    column.predicted = series.classes.means(variance)[column.label];
    const bool measured =
        std::all_of(series.widths.begin(), series.widths.end(), [&column](const auto& at) {
          return varies(block_variances(at, column.quantity).col(column.column));
        });
    if (measured && column.predicted > 0.0 && !is_heavy_at_a_width(series, column))
      columns.push_back(column);
  }
  return columns;
}

}  // namespace

std::optional<FluctuationComparison> compare_fluctuations(
    const model::ClassSeries& series, const std::vector<PredictedLayer>& predicted,
    const JudgedPairs& judged, const JointLayers& joint, const Options& options) {
  const bool few_blocks = std::any_of(series.widths.begin(), series.widths.end(),
                                      [](const auto& at) { return at.gram_variances.rows() < 2; });
  if (series.widths.size() < 2 || few_blocks) return std::nullopt;
  std::vector<ClassColumn> candidates = gram_columns(series, predicted, options);
  for (ClassColumn& column : correlation_columns(series, predicted, options))
    candidates.push_back(column);

  FluctuationComparison result;
  result.columns =
      with_variance(series, predicted, judged_only(joint.select(std::move(candidates)), judged));
  const auto count = static_cast<Eigen::Index>(result.columns.size());
  if (count == 0) return std::nullopt;
  Eigen::VectorXd log_predicted(count);
  for (Eigen::Index k = 0; k < count; ++k)
    log_predicted[k] = std::log(result.columns[static_cast<std::size_t>(k)].predicted);

  WidthVectors vectors;
  vectors.weights.resize(static_cast<Eigen::Index>(series.widths.size()));
  for (const model::WidthSeries& at : series.widths) {
    const Eigen::Index blocks = at.gram_variances.rows();
    Eigen::MatrixXd rows(blocks, count);
    for (Eigen::Index k = 0; k < count; ++k) {
      const ClassColumn& column = result.columns[static_cast<std::size_t>(k)];
      rows.col(k) = block_variances(at, column.quantity).col(column.column);
    }
    vectors.weights[static_cast<Eigen::Index>(vectors.at.size())] = static_cast<double>(blocks);
    vectors.widths.push_back(at.width);
    vectors.at.push_back(log_mean_of_rows(static_cast<double>(at.width) * rows));
  }
  result.log_limit =
      fit_class_limit(vectors, log_predicted, std::nullopt, options.lack_of_fit_error);
  return result;
}

std::vector<FluctuationLimit> fluctuation_limits(const FluctuationComparison& comparison) {
  const ClassLimit& fit = comparison.log_limit;
  std::vector<FluctuationLimit> limits;
  for (const ClassColumn& column : comparison.columns) {
    const auto k = static_cast<Eigen::Index>(limits.size());
    const double half =
        student_upper_quantile(0.025, fit.degrees_of_freedom[k]) * fit.standard_error[k];
    limits.push_back({column, std::exp(fit.limit[k]), std::exp(fit.limit[k] - half),
                      std::exp(fit.limit[k] + half)});
  }
  return limits;
}

}  // namespace wideproof::compare
