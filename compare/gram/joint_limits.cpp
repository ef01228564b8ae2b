// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/joint_limits.hpp>

#include <cmath>
#include <cstddef>

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
  return name_of(columns[static_cast<std::size_t>(k)]);
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
