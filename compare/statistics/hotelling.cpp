// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/hotelling.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr double freedom_per_direction = 10.0;
constexpr double least_freedom = 2.0;

struct Scaled {
  Eigen::VectorXd difference;
  Eigen::MatrixXd correlation;
};

Scaled to_unit_diagonal(const Eigen::VectorXd& difference, const Eigen::MatrixXd& covariance) {
  assert((covariance.diagonal().array() > 0.0).all());
  const Eigen::VectorXd inverse = covariance.diagonal().cwiseSqrt().cwiseInverse();
  return {inverse.cwiseProduct(difference),
          inverse.asDiagonal() * covariance * inverse.asDiagonal()};
}

double moment(const Eigen::MatrixXd& symmetric) {
  return symmetric.squaredNorm() + std::pow(symmetric.trace(), 2);
}

double freedom(const std::vector<CovariancePart>& parts, const Eigen::MatrixXd& sum) {
  const Eigen::VectorXd inverse = sum.diagonal().cwiseSqrt().cwiseInverse();
  const auto scaled = [&inverse](const Eigen::MatrixXd& matrix) {
    return Eigen::MatrixXd(inverse.asDiagonal() * matrix * inverse.asDiagonal());
  };
  double noise = 0.0;
  for (const CovariancePart& part : parts)
    noise += moment(scaled(part.matrix)) / part.degrees_of_freedom;
  return moment(scaled(sum)) / noise;
}

/// Over the `rank` largest eigenvalues, which come last.
double hotelling(const Scaled& scaled, Eigen::Index rank) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(scaled.correlation);
  const Eigen::VectorXd along = eigen.eigenvectors().transpose() * scaled.difference;
  return (along.array().square() / eigen.eigenvalues().array()).tail(rank).sum();
}

double regularised(const Scaled& scaled, double ridge) {
  Eigen::MatrixXd matrix = scaled.correlation;
  matrix.diagonal().array() += ridge;
  return scaled.difference.dot(matrix.llt().solve(scaled.difference));
}

/// Θ1 and Θ2 of JointTest turned into Fisher's law of that mean and variance.
double regularised_p(double statistic, const Eigen::ArrayXd& eigenvalues, double ridge, double nu) {
  const auto p = static_cast<double>(eigenvalues.size());
  const double ratio = (p + 1.0) / nu;
  const double m = (eigenvalues + ridge).inverse().mean();
  const double m2 = (eigenvalues + ridge).inverse().square().mean();
  const double kept = 1.0 - ridge * m;
  const double room = 1.0 - ratio * kept;
  const double mean = p * kept / room;
  const double variance =
      2.0 * p *
      std::max(kept / std::pow(room, 3) - ridge * (m - ridge * m2) / std::pow(room, 4),
               std::pow(kept / room, 2));
  const double d = nu - p * kept + 1.0;
  const double excess = (d - 4.0) * variance / (mean * mean) - 2.0;
  if (!(d > 4.0 && excess > 0.0)) return gamma_upper_tail(statistic, mean, variance);
  return fisher_upper_tail(statistic / mean * d / (d - 2.0), 2.0 * (d - 2.0) / excess, d);
}

double p_of(double statistic, const JointTest& test, const Eigen::ArrayXd& eigenvalues) {
  const double nu = test.degrees_of_freedom;
  if (test.ridge > 0.0) return regularised_p(statistic, eigenvalues.max(0.0), test.ridge, nu);
  const auto r = static_cast<double>(test.rank);
  return fisher_upper_tail(statistic * (nu - r + 1.0) / (nu * r), r, nu - r + 1.0);
}

Eigen::ArrayXd eigenvalues_of(const Eigen::MatrixXd& symmetric) {
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(symmetric, Eigen::EigenvaluesOnly)
      .eigenvalues();
}

}  // namespace

Eigen::MatrixXd sum_of(const std::vector<CovariancePart>& parts) {
  Eigen::MatrixXd sum = parts.front().matrix;
  for (std::size_t w = 1; w < parts.size(); ++w) sum += parts[w].matrix;
  return sum;
}

JointTest test_jointly(const Eigen::VectorXd& difference,
                       const std::vector<CovariancePart>& parts) {
  JointTest test;
  if (difference.size() == 0) return test;
  const Eigen::MatrixXd sum = sum_of(parts);
  if (!difference.allFinite() || !sum.allFinite() || !(sum.diagonal().array() > 0.0).all()) {
    test.statistic = test.p_value = std::numeric_limits<double>::quiet_NaN();
    return test;
  }
  const Scaled scaled = to_unit_diagonal(difference, sum);
  const Eigen::ArrayXd eigenvalues = eigenvalues_of(scaled.correlation);
  test.degrees_of_freedom = freedom(parts, sum);
  test.rank = (eigenvalues > JointTest::smallest_eigenvalue).count();
  const auto r = static_cast<double>(test.rank);
  const double nu = test.degrees_of_freedom;
  if (test.rank == 1 || nu >= freedom_per_direction * r) {
    test.statistic = hotelling(scaled, test.rank);
    test.p_value = p_of(test.statistic, test, eigenvalues);
    return test;
  }
  if (nu < least_freedom) return test;
  test.rank = difference.size();
  test.ridge = static_cast<double>(test.rank) / nu;
  test.statistic = regularised(scaled, test.ridge);
  test.p_value = p_of(test.statistic, test, eigenvalues);
  return test;
}

double joint_statistic(const Eigen::VectorXd& difference, const Eigen::MatrixXd& covariance,
                       const JointTest& like) {
  const Scaled scaled = to_unit_diagonal(difference, covariance);
  return like.ridge > 0.0 ? regularised(scaled, like.ridge) : hotelling(scaled, like.rank);
}

double critical_statistic(double level, const JointTest& like, const Eigen::MatrixXd& covariance) {
  const Eigen::ArrayXd eigenvalues = eigenvalues_of(
      to_unit_diagonal(Eigen::VectorXd::Zero(covariance.rows()), covariance).correlation);
  double low = 0.0;
  double high = 1.0;
  while (p_of(high, like, eigenvalues) > level) high *= 2.0;
  while (high - low > 1e-9 * high) {
    const double middle = 0.5 * (low + high);
    (p_of(middle, like, eigenvalues) > level ? low : high) = middle;
  }
  return high;
}

}  // namespace wideproof::compare
