// SPDX-License-Identifier: MIT
#include <wideproof/compare/fluctuation_exponent.hpp>

#include <cmath>

#include <Eigen/Core>

#include <wideproof/compare/class_limit.hpp>
#include <wideproof/compare/distributions.hpp>
#include <wideproof/compare/vector_estimate.hpp>
#include <wideproof/compare/width_design.hpp>

namespace wideproof::compare {

std::optional<Exponent> fluctuation_exponent(const model::ClassSeries& series, std::size_t layer) {
  const auto widths = static_cast<Eigen::Index>(series.widths.size());
  if (widths < 2) return std::nullopt;
  const Eigen::Index classes = series.classes.count();
  const Eigen::VectorXd share =
      series.classes.sizes().cast<double>() / static_cast<double>(series.classes.sizes().sum());
  const auto narrowest = static_cast<double>(series.widths.front().width);

  const bool curved = series.widths.size() >= widths_for_curvature;
  Eigen::MatrixXd columns(widths, curved ? 3 : 2);
  Eigen::VectorXd weights(widths), log_spread(widths), variances(widths), freedom(widths);
  for (Eigen::Index w = 0; w < widths; ++w) {
    const model::WidthSeries& at = series.widths[static_cast<std::size_t>(w)];
    if (at.gram_variances.rows() < 2) return std::nullopt;
    const Eigen::MatrixXd of_blocks =
        at.gram_variances.middleCols(static_cast<Eigen::Index>(layer) * classes, classes) * share;
    const VectorEstimate log_squared = log_mean_of_rows(of_blocks);
    if (!std::isfinite(log_squared.value[0]) || !(log_squared.covariance(0, 0) > 0.0))
      return std::nullopt;
    log_spread[w] = 0.5 * log_squared.value[0];
    variances[w] = 0.25 * log_squared.covariance(0, 0);
    freedom[w] = log_squared.degrees_of_freedom;
    weights[w] = static_cast<double>(of_blocks.rows());
    columns(w, 0) = 1.0;
    columns(w, 1) = std::log(static_cast<double>(at.width) / narrowest);
    if (curved) columns(w, 2) = narrowest / static_cast<double>(at.width);
  }
  const Eigen::VectorXd to_exponent = fit_over_widths(columns, weights).influence.row(1);
  const LinearError error = linear_error(to_exponent, variances, freedom);
  const double standard_error = std::sqrt(error.variance);
  const double half = student_upper_quantile(0.025, error.degrees_of_freedom) * standard_error;
  const double value = to_exponent.dot(log_spread);
  return Exponent{value, value - half, value + half,
                  student_two_sided((value - predicted_fluctuation_exponent) / standard_error,
                                    error.degrees_of_freedom)};
}

}  // namespace wideproof::compare
