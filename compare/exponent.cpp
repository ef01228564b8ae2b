// SPDX-License-Identifier: MIT
#include <wideproof/compare/exponent.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

#include <Eigen/Core>

#include <wideproof/compare/distributions.hpp>
#include <wideproof/compare/weighted_fit.hpp>

namespace wideproof::compare {

std::optional<Exponent> fit_exponent(const std::vector<double>& widths,
                                     const std::vector<double>& log_values,
                                     const std::vector<double>& log_errors) {
  assert(widths.size() == log_values.size() && widths.size() == log_errors.size());
  if (widths.size() < 2) return std::nullopt;
  const auto view = [](const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(),
                                             static_cast<Eigen::Index>(values.size()));
  };
  if (!view(log_values).allFinite() || !view(log_errors).allFinite() ||
      !(view(log_errors).array() > 0.0).all())
    return std::nullopt;

  Eigen::VectorXd log_width = view(widths).array().log();
  log_width.array() -= log_width.mean();
  const WeightedFit fit =
      fit_weighted(polynomial_design(log_width, 1), view(log_values), view(log_errors).cwiseAbs2());
  double excess = 1.0;
  if (fit.degrees_of_freedom > 0)
    excess = std::max(1.0, fit.chi_squared / static_cast<double>(fit.degrees_of_freedom));
  const double half = normal_upper_quantile(0.025) * std::sqrt(fit.covariance(1, 1) * excess);
  const double slope = fit.coefficients[1];
  return Exponent{slope, slope - half, slope + half};
}

}  // namespace wideproof::compare
