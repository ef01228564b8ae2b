// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/worst_contrast.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include <Eigen/Eigenvalues>

namespace wideproof::compare {
namespace {

struct Weighing {
  Eigen::VectorXd unit;  ///< standard errors
  Eigen::VectorXd d;
  Eigen::MatrixXd r;
  Eigen::MatrixXd q;
  Eigen::VectorXd a;
  double mean_inverse = 0.0;  ///< m = tr (R + λI)⁻¹ / p
};

Weighing weigh(const Eigen::VectorXd& difference, const std::vector<CovariancePart>& parts,
               const JointTest& test) {
  const Eigen::MatrixXd covariance = sum_of(parts);
  Weighing weighed;
  weighed.unit = covariance.diagonal().cwiseSqrt();
  const Eigen::VectorXd inverse = weighed.unit.cwiseInverse();
  weighed.d = inverse.cwiseProduct(difference);
  weighed.r = inverse.asDiagonal() * covariance * inverse.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(weighed.r);
  const Eigen::MatrixXd directions = eigen.eigenvectors().rightCols(test.rank);
  const Eigen::VectorXd weights =
      (eigen.eigenvalues().tail(test.rank).array().max(0.0) + test.ridge).inverse();
  weighed.q = directions * weights.asDiagonal() * directions.transpose();
  weighed.a = weighed.q * weighed.d;
  weighed.mean_inverse = weights.mean();
  return weighed;
}

ConditionalDeviation deviation(const Weighing& weighed, const JointTest& test, Eigen::Index k) {
  const double nu = test.degrees_of_freedom;
  const double q = weighed.q(k, k);
  ConditionalDeviation result;
  result.index = k;
  result.difference = weighed.a[k] / q;
  double variance = 0.0;
  if (test.ridge == 0.0) {
    result.degrees_of_freedom = nu - static_cast<double>(test.rank) + 1.0;
    const double rest = std::max(0.0, test.statistic - weighed.a[k] * weighed.a[k] / q);
    variance = (nu + rest) / (result.degrees_of_freedom * q);
  } else {
    const auto p = static_cast<double>(weighed.d.size());
    const double kept = 1.0 - test.ridge * weighed.mean_inverse;
    result.degrees_of_freedom = nu - p * kept + 1.0;
    const Eigen::VectorXd w = weighed.q.col(k) / q;
    variance = w.dot(weighed.r * w) / std::pow(1.0 - (p + 1.0) / nu * kept, 2);
  }
  result.difference *= weighed.unit[k];
  result.standard_error = weighed.unit[k] * std::sqrt(variance);
  return result;
}

JointTest without(Eigen::Index k, const Eigen::VectorXd& difference,
                  const std::vector<CovariancePart>& parts) {
  std::vector<Eigen::Index> rest(static_cast<std::size_t>(difference.size()));
  std::iota(rest.begin(), rest.end(), 0);
  rest.erase(rest.begin() + k);
  std::vector<CovariancePart> of_rest;
  for (const CovariancePart& part : parts)
    of_rest.push_back({part.matrix(rest, rest), part.degrees_of_freedom});
  return test_jointly(difference(rest), of_rest);
}

}  // namespace

ConditionalDeviation sharpest_deviation(const Eigen::VectorXd& difference,
                                        const std::vector<CovariancePart>& parts,
                                        const JointTest& test) {
  const Weighing weighed = weigh(difference, parts, test);
  const auto sharpness = [](const ConditionalDeviation& at) {
    return std::abs(at.difference) / at.standard_error;
  };
  ConditionalDeviation sharpest = deviation(weighed, test, 0);
  for (Eigen::Index k = 1; k < difference.size(); ++k) {
    const ConditionalDeviation at = deviation(weighed, test, k);
    if (sharpness(at) > sharpness(sharpest)) sharpest = at;
  }
  sharpest.p_of_rest = without(sharpest.index, difference, parts).p_value;
  return sharpest;
}

Contrast worst_contrast(const Eigen::VectorXd& difference, const std::vector<CovariancePart>& parts,
                        const JointTest& test, double level) {
  const Weighing weighed = weigh(difference, parts, test);
  Contrast contrast;
  contrast.weights = weighed.a.cwiseQuotient(weighed.unit);
  contrast.weights /= contrast.weights.lpNorm<1>();
  contrast.difference = contrast.weights.dot(difference);
  contrast.half_width = contrast.difference *
                        std::sqrt(critical_statistic(level, test, sum_of(parts)) / test.statistic);
  contrast.foremost.resize(static_cast<std::size_t>(difference.size()));
  std::iota(contrast.foremost.begin(), contrast.foremost.end(), 0);
  std::sort(contrast.foremost.begin(), contrast.foremost.end(),
            [&weighed](Eigen::Index i, Eigen::Index j) {
              return std::abs(weighed.a[i]) > std::abs(weighed.a[j]);
            });
  contrast.foremost.resize(std::min<std::size_t>(3, contrast.foremost.size()));
  return contrast;
}

}  // namespace wideproof::compare
