// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/equal_variance_kernel.hpp>

#include <algorithm>

namespace wideproof::theory {

EqualVarianceKernel::EqualVarianceKernel(Eigen::Index inputs, double variance_)
    : variance(variance_),
      covariance(variance_ * Eigen::MatrixXd::Identity(inputs, inputs)),
      deficit(Eigen::MatrixXd::Zero(inputs, inputs)) {}

EqualVarianceKernel EqualVarianceKernel::of_unit_inputs(const model::Deficits& deficits) {
  const Eigen::MatrixXd& delta = deficits.values();
  EqualVarianceKernel kernel(delta.rows(), 1.0);
  for (Eigen::Index b = 0; b < delta.cols(); ++b) {
    for (Eigen::Index a = 0; a < b; ++a) kernel.set_pair(a, b, 1 - delta(a, b), delta(a, b));
  }
  return kernel;
}

EqualVarianceKernel EqualVarianceKernel::of_unit_inputs(const Eigen::MatrixXd& cosines) {
  EqualVarianceKernel kernel(cosines.rows(), 1.0);
  for (Eigen::Index b = 0; b < cosines.cols(); ++b) {
    for (Eigen::Index a = 0; a < b; ++a) kernel.set_pair(a, b, cosines(a, b), 1 - cosines(a, b));
  }
  return kernel;
}

void EqualVarianceKernel::set_pair(Eigen::Index a, Eigen::Index b, double value, double drop) {
  double lacks = std::clamp(drop / variance, 0.0, 2.0);
  if (lacks <= near) {
    value = variance * (1 - lacks);
  } else {
    value = std::clamp(value, -variance, variance);
    lacks = 1 - value / variance;
  }
  covariance(a, b) = covariance(b, a) = value;
  deficit(a, b) = deficit(b, a) = lacks;
}

}  // namespace wideproof::theory
