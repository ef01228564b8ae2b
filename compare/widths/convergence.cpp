// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/convergence.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <wideproof/compare/matrices/matrix_comparison.hpp>
#include <wideproof/compare/statistics/power_of_two.hpp>
#include <wideproof/compare/widths/bias_exponent.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>

namespace wideproof::compare {
namespace {

/// In a unit of about the column's scale, whose fourth powers are doubles.
BiasSeries bias_of(const WidthVectors& means, Eigen::Index k, const ClassColumn& column) {
  const double unit = power_of_two_below(column.scale);
  const auto widths = static_cast<Eigen::Index>(means.at.size());
  BiasSeries series{Eigen::VectorXd(widths), Eigen::VectorXd(widths), Eigen::VectorXd(widths),
                    std::numeric_limits<double>::infinity()};
  for (Eigen::Index w = 0; w < widths; ++w) {
    const VectorEstimate& at = means.at[static_cast<std::size_t>(w)];
    series.width[w] = static_cast<double>(means.widths[static_cast<std::size_t>(w)]);
    series.bias[w] = (at.value[k] - column.predicted) / unit;
    series.standard_error[w] = std::sqrt(at.covariance(k, k)) / unit;
    series.degrees_of_freedom = std::min(series.degrees_of_freedom, at.degrees_of_freedom);
  }
  return series;
}

double largest_norm(const std::vector<ClassColumn>& columns, std::size_t layer) {
  double norm = 0;
  for (const ClassColumn& column : columns)
    if (column.layer == layer && column.quantity == Quantity::gram)
      norm = std::max(norm, column.scale);
  return norm;
}

}  // namespace

std::vector<LayerConvergence> convergence(const model::ClassSeries& series,
                                          const std::vector<ClassColumn>& columns,
                                          const Eigen::MatrixXd& shares, const Options& options) {
  const auto layers = static_cast<std::size_t>(shares.cols());
  std::vector<std::vector<BiasSeries>> candidates(layers);
  for (const std::vector<ClassColumn>& run : in_runs_of_layers(columns)) {
    const WidthVectors means = class_means(series, run, options);
    for (std::size_t k = 0; k < run.size(); ++k)
      candidates[run[k].layer].push_back(bias_of(means, static_cast<Eigen::Index>(k), run[k]));
  }
  std::vector<LayerConvergence> result;
  for (std::size_t layer = 0; layer < layers; ++layer)
    result.push_back(
        {static_cast<std::int64_t>(layer) + 1,
         fluctuation_exponent(series, layer, shares.col(static_cast<Eigen::Index>(layer)),
                              options.rounding * largest_norm(columns, layer)),
         bias_exponent(candidates[layer])});
  return result;
}

Eigen::MatrixXd relative_variance_times_width(const model::LayerMeasurement& measured) {
  return static_cast<double>(measured.width) *
         measured.own_gram().variance.cwiseQuotient(
             norm_scale(measured.own_gram().mean).cwiseAbs2());
}

}  // namespace wideproof::compare
