// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/joint_limits.hpp>

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace wideproof::compare {

Eigen::VectorXd JointLimits::predicted() const {
  Eigen::VectorXd values(fit.limit.size());
  for (Eigen::Index k = 0; k < values.size(); ++k) {
    const double value = columns[static_cast<std::size_t>(k)].predicted;
    values[k] = are_logarithms ? std::log(value) : value;
  }
  return values;
}

Eigen::Index JointLimits::loudest() const {
  Eigen::Index index = 0;
  ((fit.limit - predicted()).array() / fit.standard_error.array()).abs().maxCoeff(&index);
  return index;
}

std::string JointLimits::name(Eigen::Index k) const {
  const ClassColumn& column = columns[static_cast<std::size_t>(k)];
  // A mean of variances, not the variance of the mean that the norm is.
  if (are_logarithms && column.label == 0)
    return fmt::format("{}, the diagonal G_aa", column.matrix.name);
  return name_of(column);
}

double JointLimits::on_own_scale(double number) const {
  return are_logarithms ? std::exp(number) : number;
}

JointLimits joint_means(const Extrapolation& extrapolation) {
  return {extrapolation.classes, extrapolation.columns, false};
}

JointLimits joint_variances(const FluctuationComparison& fluctuation) {
  return {fluctuation.log_limit, fluctuation.columns, true};
}

}  // namespace wideproof::compare
