// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/limit_fit.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <wideproof/compare/widths/width_design.hpp>

namespace wideproof::compare {

MatrixEstimate fit_limit(const LayerSeries& series, Quantity quantity, int order,
                         const Eigen::MatrixXd& rounding_error) {
  const auto count = static_cast<Eigen::Index>(series.widths());
  const Eigen::Index inputs = rounding_error.rows();
  std::vector<MatrixEstimate> means;
  std::vector<std::int64_t> widths;
  Eigen::VectorXd neurons(count);
  for (const model::LayerMeasurement& measured : series.at) {
    neurons[static_cast<Eigen::Index>(means.size())] =
        static_cast<double>(measured.width) * static_cast<double>(measured.replicates);
    widths.push_back(measured.width);
    means.push_back(mean_estimate(measured, quantity));
  }
  const Eigen::VectorXd to_limit =
      fit_over_widths(inverse_width_columns(widths, order), neurons).influence.row(0);

  const Eigen::MatrixXd none =
      Eigen::MatrixXd::Constant(inputs, inputs, std::numeric_limits<double>::quiet_NaN());
  MatrixEstimate limit{none, none, none};
  Eigen::VectorXd mean(count), variance(count), freedom(count);
  for (Eigen::Index b = 0; b < inputs; ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      for (Eigen::Index i = 0; i < count; ++i) {
        const MatrixEstimate& at = means[static_cast<std::size_t>(i)];
        mean[i] = at.value(a, b);
        variance[i] = std::pow(at.standard_error(a, b), 2) + std::pow(rounding_error(a, b), 2);
        freedom[i] = at.degrees_of_freedom(a, b);
      }
      if (!mean.allFinite() || !variance.allFinite()) continue;
      const LinearError error = linear_error(to_limit, variance, freedom);
      const auto set = [a, b](Eigen::MatrixXd& matrix, double value) {
        matrix(a, b) = matrix(b, a) = value;
      };
      set(limit.value, to_limit.dot(mean));
      set(limit.standard_error, std::sqrt(error.variance));
      set(limit.degrees_of_freedom, error.degrees_of_freedom);
    }
  }
  return limit;
}

}  // namespace wideproof::compare
