// SPDX-License-Identifier: MIT
#include <wideproof/compare/limit_fit.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <wideproof/compare/distributions.hpp>
#include <wideproof/compare/weighted_fit.hpp>

namespace wideproof::compare {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The variance of the intercept and its degrees of freedom; see Extrapolation.
struct InterceptError {
  double variance = 0.0;
  double degrees_of_freedom = 0.0;
};

InterceptError intercept_error(const WeightedFit& fit, const Eigen::MatrixXd& design,
                               const Eigen::VectorXd& variance, const Eigen::VectorXd& freedom) {
  const Eigen::ArrayXd part = fit.influence.row(0).transpose().array().square() * variance.array();
  const Eigen::ArrayXd leverage = (design * fit.influence).diagonal().array();
  const Eigen::ArrayXd for_weights = 1.0 + 4.0 * (1.0 - leverage) / freedom.array();
  return {(part * for_weights).sum(),
          std::pow(part.sum(), 2) / (part.square() / freedom.array()).sum()};
}

}  // namespace

LimitFit fit_limit(const LayerSeries& series, Quantity quantity, int order,
                   const Eigen::MatrixXd& rounding_error) {
  const auto widths = static_cast<Eigen::Index>(series.widths());
  const Eigen::Index inputs = rounding_error.rows();
  std::vector<MatrixEstimate> means;
  Eigen::VectorXd inverse_width(widths);  // in units of the narrowest's, for conditioning
  for (const model::LayerMeasurement& measured : series.at) {
    inverse_width[static_cast<Eigen::Index>(means.size())] =
        static_cast<double>(series.at.front().width) / static_cast<double>(measured.width);
    means.push_back(mean_estimate(measured, quantity));
  }
  const Eigen::MatrixXd design = polynomial_design(inverse_width, order);

  const Eigen::MatrixXd none = Eigen::MatrixXd::Constant(inputs, inputs, nan);
  LimitFit result{{none, none, none}, none};
  Eigen::VectorXd mean(widths), variance(widths), freedom(widths);
  for (Eigen::Index b = 0; b < inputs; ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      for (Eigen::Index i = 0; i < widths; ++i) {
        const MatrixEstimate& at = means[static_cast<std::size_t>(i)];
        mean[i] = at.value(a, b);
        variance[i] = std::pow(at.standard_error(a, b), 2) + std::pow(rounding_error(a, b), 2);
        freedom[i] = at.degrees_of_freedom(a, b);
      }
      if (!mean.allFinite() || !variance.allFinite()) continue;
      const WeightedFit fit = fit_weighted(design, mean, variance);
      const InterceptError error = intercept_error(fit, design, variance, freedom);
      const auto set = [a, b](Eigen::MatrixXd& matrix, double value) {
        matrix(a, b) = matrix(b, a) = value;
      };
      set(result.limit.value, fit.coefficients[0]);
      set(result.limit.standard_error, std::sqrt(error.variance));
      set(result.limit.degrees_of_freedom, error.degrees_of_freedom);
      if (fit.degrees_of_freedom > 0) {
        const auto spare = static_cast<double>(fit.degrees_of_freedom);
        set(result.lack_of_fit_p,
            fisher_upper_tail(fit.chi_squared / spare, spare, freedom.minCoeff()));
      }
    }
  }
  return result;
}

}  // namespace wideproof::compare
