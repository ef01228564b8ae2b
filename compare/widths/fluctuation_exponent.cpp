// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/fluctuation_exponent.hpp>

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>
#include <wideproof/compare/widths/class_limit.hpp>
#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {

std::optional<LogSpread> log_spread(const model::ClassSeries& series, std::size_t layer,
                                    const Eigen::VectorXd& share) {
  const auto widths = static_cast<Eigen::Index>(series.widths.size());
  const Eigen::Index classes = series.classes.count();
  LogSpread spread{Eigen::VectorXd(widths), Eigen::VectorXd(widths), Eigen::VectorXd(widths),
                   Eigen::VectorXd(widths), Eigen::VectorXd(widths)};
  for (Eigen::Index w = 0; w < widths; ++w) {
    const model::WidthSeries& at = series.widths[static_cast<std::size_t>(w)];
    if (at.gram_variances.rows() < 2) return std::nullopt;
    const Eigen::MatrixXd of_blocks =
        at.gram_variances.middleCols(static_cast<Eigen::Index>(layer) * classes, classes) * share;
    const VectorEstimate log_squared = log_mean_of_rows(of_blocks);
    if (!std::isfinite(log_squared.value[0]) || !(log_squared.covariance(0, 0) > 0.0))
      return std::nullopt;
    spread.widths[w] = static_cast<double>(at.width);
    spread.value[w] = 0.5 * log_squared.value[0];
    spread.variance[w] = 0.25 * log_squared.covariance(0, 0);
    spread.degrees_of_freedom[w] = log_squared.degrees_of_freedom;
    spread.blocks[w] = static_cast<double>(of_blocks.rows());
  }
  return spread;
}

namespace {

/// e of log spread = a + e log n + w₁/n + … + w_k/n^k, k = `corrections`.
Exponent fit_exponent(const LogSpread& spread, int corrections) {
  const double narrowest = spread.widths[0];
  Eigen::MatrixXd columns(spread.widths.size(), 2 + corrections);
  columns.col(0).setOnes();
  columns.col(1) = (spread.widths / narrowest).array().log();
  for (int power = 1; power <= corrections; ++power)
    columns.col(1 + power) = (narrowest / spread.widths.array()).pow(power);
  const Eigen::VectorXd to_exponent = fit_over_widths(columns, spread.blocks).influence.row(1);
  const LinearError error = linear_error(to_exponent, spread.variance, spread.degrees_of_freedom);
  const double standard_error = std::sqrt(error.variance);
  const double half = student_upper_quantile(0.025, error.degrees_of_freedom) * standard_error;
  const double value = to_exponent.dot(spread.value);
  const double p = student_two_sided((value - predicted_fluctuation_exponent) / standard_error,
                                     error.degrees_of_freedom);
  return {value, value - half, value + half, p, p};
}

}  // namespace

std::optional<Exponent> fluctuation_exponent(const model::ClassSeries& series, std::size_t layer,
                                             const Eigen::VectorXd& share) {
  if (series.widths.size() < 2) return std::nullopt;
  const std::optional<LogSpread> spread = log_spread(series, layer, share);
  if (!spread) return std::nullopt;
  if (series.widths.size() < widths_for_curvature) return fit_exponent(*spread, 0);
  Exponent exponent = fit_exponent(*spread, corrections_of_guard - 1);
  exponent.p_value =
      std::max(exponent.p_value, fit_exponent(*spread, corrections_of_guard).p_value);
  return exponent;
}

}  // namespace wideproof::compare
