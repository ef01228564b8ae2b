// SPDX-License-Identifier: MIT
#include <wideproof/compare/fluctuation_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace wideproof::compare {
namespace {

const Eigen::MatrixXd& block_variances(const model::WidthSeries& at, Quantity quantity) {
  return quantity == Quantity::gram ? at.gram_variances : at.correlation_variances;
}

/// `candidates` with the predicted variances, less those without any variance.
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
    const bool varies =
        std::all_of(series.widths.begin(), series.widths.end(), [&column](const auto& at) {
          return block_variances(at, column.quantity).col(column.column).mean() > 0.0;
        });
    if (varies && column.predicted > 0.0) columns.push_back(column);
  }
  return columns;
}

}  // namespace

std::optional<FluctuationComparison> compare_fluctuations(
    const model::ClassSeries& series, const std::vector<PredictedLayer>& predicted,
    const Options& options) {
  if (series.widths.size() < 2) return std::nullopt;
  std::vector<ClassColumn> candidates = gram_columns(series, predicted, options);
  for (ClassColumn& column : correlation_columns(series, predicted, options))
    candidates.push_back(column);

  FluctuationComparison result;
  result.columns = with_variance(series, predicted, std::move(candidates));
  const auto count = static_cast<Eigen::Index>(result.columns.size());
  if (count == 0) return std::nullopt;
  Eigen::VectorXd log_predicted(count);
  for (Eigen::Index k = 0; k < count; ++k)
    log_predicted[k] = std::log(result.columns[static_cast<std::size_t>(k)].predicted);

  WidthVectors vectors;
  vectors.weights.resize(static_cast<Eigen::Index>(series.widths.size()));
  for (const model::WidthSeries& at : series.widths) {
    const Eigen::Index blocks = at.gram_variances.rows();
    if (blocks < 2) return std::nullopt;
    Eigen::MatrixXd rows(blocks, count);
    for (Eigen::Index k = 0; k < count; ++k) {
      const ClassColumn& column = result.columns[static_cast<std::size_t>(k)];
      rows.col(k) = block_variances(at, column.quantity).col(column.column);
    }
    vectors.weights[static_cast<Eigen::Index>(vectors.at.size())] = static_cast<double>(blocks);
    vectors.widths.push_back(at.width);
    vectors.at.push_back(log_mean_of_rows(static_cast<double>(at.width) * rows));
  }
  result.log_limit = limit_of(vectors, log_predicted, std::nullopt, options.lack_of_fit_error);
  return result;
}

}  // namespace wideproof::compare
