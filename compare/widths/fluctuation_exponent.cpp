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

std::optional<LogByWidth> log_means(const std::vector<std::int64_t>& widths,
                                    const std::vector<Eigen::VectorXd>& rows) {
  const auto count = static_cast<Eigen::Index>(widths.size());
  LogByWidth logs{Eigen::VectorXd(count), Eigen::VectorXd(count), Eigen::VectorXd(count),
                  Eigen::VectorXd(count), Eigen::VectorXd(count)};
  for (Eigen::Index w = 0; w < count; ++w) {
    const Eigen::VectorXd& at = rows[static_cast<std::size_t>(w)];
    if (at.size() < 2) return std::nullopt;
    const VectorEstimate log_mean = log_mean_of_rows(at);
    if (!std::isfinite(log_mean.value[0]) || !(log_mean.covariance(0, 0) > 0.0))
      return std::nullopt;
    logs.widths[w] = static_cast<double>(widths[static_cast<std::size_t>(w)]);
    logs.value[w] = log_mean.value[0];
    logs.variance[w] = log_mean.covariance(0, 0);
    logs.degrees_of_freedom[w] = log_mean.degrees_of_freedom;
    logs.rows[w] = static_cast<double>(at.size());
  }
  return logs;
}

std::optional<LogByWidth> log_spread(const std::vector<std::int64_t>& widths,
                                     const std::vector<Eigen::VectorXd>& squares_of_blocks) {
  std::optional<LogByWidth> spread = log_means(widths, squares_of_blocks);
  if (!spread) return std::nullopt;
  spread->value *= 0.5;
  spread->variance *= 0.25;
  return spread;
}

std::optional<LogByWidth> log_spread(const model::ClassSeries& series, std::size_t layer,
                                     const Eigen::VectorXd& share) {
  const Eigen::Index classes = series.classes.count();
  std::vector<std::int64_t> widths;
  std::vector<Eigen::VectorXd> squares;
  for (const model::WidthSeries& at : series.widths) {
    if (at.gram_variances.rows() < 2) return std::nullopt;
    widths.push_back(at.width);
    squares.emplace_back(
        at.gram_variances.middleCols(static_cast<Eigen::Index>(layer) * classes, classes) * share);
  }
  return log_spread(widths, squares);
}

namespace {

/// e of log spread = a + e log n + w₁/n + … + w_k/n^k, k = `corrections`.
Exponent fit_exponent(const LogByWidth& spread, double predicted, int corrections) {
  const double narrowest = spread.widths[0];
  Eigen::MatrixXd columns(spread.widths.size(), 2 + corrections);
  columns.col(0).setOnes();
  columns.col(1) = (spread.widths / narrowest).array().log();
  for (int power = 1; power <= corrections; ++power)
    columns.col(1 + power) = (narrowest / spread.widths.array()).pow(power);
  const Eigen::VectorXd to_exponent = fit_over_widths(columns, spread.rows).influence.row(1);
  const LinearError error = linear_error(to_exponent, spread.variance, spread.degrees_of_freedom);
  const double standard_error = std::sqrt(error.variance);
  const double half = student_upper_quantile(0.025, error.degrees_of_freedom) * standard_error;
  const double value = to_exponent.dot(spread.value);
  const double p =
      student_two_sided((value - predicted) / standard_error, error.degrees_of_freedom);
  return {value, value - half, value + half, p, p};
}

}  // namespace

std::optional<Exponent> fluctuation_exponent(const LogByWidth& spread, double predicted) {
  const auto widths = static_cast<std::size_t>(spread.widths.size());
  if (widths < 2) return std::nullopt;
  if (widths < widths_for_curvature) return fit_exponent(spread, predicted, 0);
  Exponent exponent = fit_exponent(spread, predicted, corrections_of_guard - 1);
  exponent.p_value =
      std::max(exponent.p_value, fit_exponent(spread, predicted, corrections_of_guard).p_value);
  return exponent;
}

std::optional<Exponent> fluctuation_exponent(const model::ClassSeries& series, std::size_t layer,
                                             const Eigen::VectorXd& share, double rounding) {
  const std::optional<LogByWidth> spread = log_spread(series, layer, share);
  if (!spread || spread->value.minCoeff() <= std::log(rounding)) return std::nullopt;
  return fluctuation_exponent(*spread, predicted_fluctuation_exponent);
}

}  // namespace wideproof::compare
