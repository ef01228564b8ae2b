// SPDX-License-Identifier: MIT
#include <wideproof/theory/rectifier_dual_kernel.hpp>

#include <cmath>

#include <wideproof/theory/kernel_interpolant.hpp>

namespace wideproof::theory {
namespace {

/// Σ weight · kernel(scaling c)
template <class Kernel>
double weighted_sum(const Kernel& kernel, const std::vector<LateralTerm>& terms, double c) {
  double sum = 0;
  for (const auto& [weight, scaling] : terms) sum += weight * kernel(scaling * c);
  return sum;
}

template <class Kernel>
Eigen::MatrixXd off_diagonal(const Kernel& kernel, const Eigen::MatrixXd& covariance,
                             const std::vector<LateralTerm>& terms, double constant,
                             double unit_diagonal) {
  return symmetric_matrix(covariance.rows(), [&](auto a, auto b) {
    if (a == b) return covariance(a, a) * unit_diagonal;
    const double norm = std::sqrt(covariance(a, a) * covariance(b, b));
    return norm * (constant + weighted_sum(kernel, terms, covariance(a, b) / norm));
  });
}

}  // namespace

double RectifierDualKernel::operator()(double qa, double qb, double covariance) const {
  const double norm = std::sqrt(qa * qb);
  return norm * kernel_(covariance / norm);
}

Eigen::MatrixXd RectifierDualKernel::gram(const Eigen::MatrixXd& covariance) const {
  return weighted_gram(covariance, {{1.0, 1.0}});
}

Eigen::MatrixXd RectifierDualKernel::lateral_gram(const Eigen::MatrixXd& covariance,
                                                  const LateralSum& sum) const {
  return weighted_gram(covariance, sum.others());
}

Eigen::MatrixXd RectifierDualKernel::weighted_gram(const Eigen::MatrixXd& covariance,
                                                   const std::vector<LateralTerm>& terms) const {
  std::vector<LateralTerm> correlated;
  double constant = 0;
  for (const auto& term : terms) {
    if (term.scaling == 0) {
      constant += term.weight * kernel_.at_zero();
    } else {
      correlated.push_back(term);
    }
  }
  const double unit_diagonal = constant + weighted_sum(kernel_, correlated, 1.0);
  const Eigen::Index count = covariance.rows();
  const Eigen::Index evaluations =
      count * (count - 1) / 2 * static_cast<Eigen::Index>(correlated.size());
  if (evaluations <= exact_evaluations) {
    return off_diagonal(kernel_, covariance, correlated, constant, unit_diagonal);
  }
  return off_diagonal(KernelInterpolant(kernel_), covariance, correlated, constant, unit_diagonal);
}

}  // namespace wideproof::theory
