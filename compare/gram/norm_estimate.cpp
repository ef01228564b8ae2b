// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/norm_estimate.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {
namespace {

/// Of the rows of one width, networks × columns: class 0 is the diagonal.
NormEstimate norm_of_rows(const model::ClassSeries& series, const Eigen::MatrixXd& rows,
                          std::size_t layer) {
  const auto norms = rows.col(static_cast<Eigen::Index>(layer) * series.classes.count());
  if (!norms.allFinite()) return {};
  const auto networks = static_cast<double>(norms.size());
  const double mean = norms.mean();
  const double squares = (norms.array() - mean).square().sum();
  return {mean, std::sqrt(squares / (networks * (networks - 1.0))), networks - 1.0};
}

}  // namespace

NormEstimate norm_at(const model::ClassSeries& series, std::size_t width, std::size_t layer) {
  return norm_of_rows(series, series.widths[width].estimates(), layer);
}

NormEstimate own_norm_at(const model::ClassSeries& series, std::size_t width, std::size_t layer) {
  return norm_of_rows(series, series.widths[width].means, layer);
}

NormEstimate norm_limit(const model::ClassSeries& series, std::size_t layer, int order,
                        double rounding_error) {
  const auto count = static_cast<Eigen::Index>(series.widths.size());
  std::vector<std::int64_t> widths;
  Eigen::VectorXd neurons(count), value(count), variance(count), freedom(count);
  for (Eigen::Index w = 0; w < count; ++w) {
    const auto index = static_cast<std::size_t>(w);
    const model::WidthSeries& at = series.widths[index];
    const NormEstimate mean = norm_at(series, index, layer);
    widths.push_back(at.width);
    neurons[w] = static_cast<double>(at.width) * static_cast<double>(at.means.rows());
    value[w] = mean.value;
    variance[w] = std::pow(mean.standard_error, 2) + std::pow(rounding_error, 2);
    freedom[w] = mean.degrees_of_freedom;
  }
  if (!value.allFinite() || !variance.allFinite()) return {};
  const Eigen::VectorXd to_limit =
      fit_over_widths(inverse_width_columns(widths, order), neurons).influence.row(0);
  const LinearError error = linear_error(to_limit, variance, freedom);
  return {to_limit.dot(value), std::sqrt(error.variance), error.degrees_of_freedom};
}

}  // namespace wideproof::compare
