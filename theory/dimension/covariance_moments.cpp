// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/covariance_moments.hpp>

namespace wideproof::theory {

GaussianEnsemble GaussianEnsemble::white(Eigen::Index width) {
  return {Eigen::MatrixXd::Identity(width, width), Eigen::VectorXd::Zero(width)};
}

double linear_dimensionality(const Eigen::MatrixXd& covariance) {
  const double largest = covariance.diagonal().maxCoeff();
  const double trace = covariance.trace() / largest;
  const double square = (covariance / largest).squaredNorm();
  return trace * trace / (static_cast<double>(covariance.rows()) * square);
}

double correlation_strength(const Eigen::MatrixXd& covariance) {
  if (covariance.rows() < 2) return 0;
  const double off_diagonal =
      covariance.triangularView<Eigen::StrictlyUpper>().toDenseMatrix().squaredNorm();
  return 2 * off_diagonal / static_cast<double>(covariance.rows() - 1);
}

model::LayerMoments moments_of(const GaussianEnsemble& ensemble) {
  return {.variance = ensemble.covariance.diagonal().mean(),
          .mean_square = ensemble.mean.array().square().mean(),
          .mean = ensemble.mean.mean(),
          .square = ensemble.covariance.diagonal().array().square().mean(),
          .strength = correlation_strength(ensemble.covariance)};
}

}  // namespace wideproof::theory
