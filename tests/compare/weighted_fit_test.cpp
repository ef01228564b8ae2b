// SPDX-License-Identifier: MIT
#include <wideproof/compare/weighted_fit.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <Eigen/LU>

namespace wideproof::compare {
namespace {

// Householder QR of a few rows: errors of a few dozen roundings, times a condition number < 100.
constexpr double rounding = 1e-12;

TEST(WeightedFit, MatchesTheWeightedMeanByHand) {
  // Weights 1, 1/4, 1/4: mean (1·1 + 2/4 + 6/4)/1.5 = 2, variance 1/1.5,
  // χ² = (1 − 2)²/1 + (2 − 2)²/4 + (6 − 2)²/4 = 5.
  const WeightedFit fit = fit_weighted(polynomial_design(Eigen::Vector3d(1, 2, 3), 0),
                                       Eigen::Vector3d(1, 2, 6), Eigen::Vector3d(1, 4, 4));
  EXPECT_NEAR(fit.coefficients[0], 2.0, rounding);
  EXPECT_NEAR(fit.covariance(0, 0), 1.0 / 1.5, rounding);
  EXPECT_NEAR(fit.chi_squared, 5.0, rounding);
  EXPECT_EQ(fit.degrees_of_freedom, 2);
}

TEST(WeightedFit, MatchesTheLineByHand) {
  // Unit weights, x = 0, 1, 2, y = 1, 2, 4: slope 3/2, intercept 7/3 − 3/2 = 5/6, residuals
  // 1/6, −1/3, 1/6, so χ² = 1/6. Var(slope) = 1/2, Var(intercept) = 1/3 + 1/2 = 5/6.
  const WeightedFit fit = fit_weighted(polynomial_design(Eigen::Vector3d(0, 1, 2), 1),
                                       Eigen::Vector3d(1, 2, 4), Eigen::Vector3d(1, 1, 1));
  EXPECT_NEAR(fit.coefficients[0], 5.0 / 6.0, rounding);
  EXPECT_NEAR(fit.coefficients[1], 1.5, rounding);
  EXPECT_NEAR(fit.covariance(0, 0), 5.0 / 6.0, rounding);
  EXPECT_NEAR(fit.covariance(1, 1), 0.5, rounding);
  EXPECT_NEAR(fit.chi_squared, 1.0 / 6.0, rounding);
}

TEST(WeightedFit, ReproducesPolynomialsWhateverTheWeights) {
  const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(6, 0.0, 1.0);
  const Eigen::VectorXd variance = (Eigen::VectorXd(6) << 1, 5, 0.2, 3, 7, 0.01).finished();
  const Eigen::VectorXd coefficients = Eigen::Vector3d(0.7, -2.0, 3.0);
  const Eigen::MatrixXd design = polynomial_design(x, 2);
  const WeightedFit fit = fit_weighted(design, design * coefficients, variance);
  EXPECT_LT((fit.coefficients - coefficients).norm(), rounding);
  EXPECT_LT(fit.chi_squared, rounding);
}

TEST(WeightedFit, HasTheCovarianceOfTheNormalEquations) {
  const Eigen::VectorXd x = (Eigen::VectorXd(5) << 1, 0.5, 0.25, 0.125, 0.0625).finished();
  const Eigen::VectorXd variance = (Eigen::VectorXd(5) << 4, 2, 1, 0.5, 0.25).finished();
  const Eigen::VectorXd y = (Eigen::VectorXd(5) << 1, -1, 2, 0.5, 3).finished();
  const Eigen::MatrixXd design = polynomial_design(x, 2);
  const WeightedFit fit = fit_weighted(design, y, variance);

  const Eigen::MatrixXd weight = variance.cwiseInverse().asDiagonal();
  const Eigen::MatrixXd covariance = (design.transpose() * weight * design).inverse();
  EXPECT_LT((fit.covariance - covariance).norm(), 1e3 * rounding);
  EXPECT_LT((fit.influence - covariance * design.transpose() * weight).norm(), 1e3 * rounding);
  // The influence carries the data's variances to the coefficients' covariance.
  EXPECT_LT((fit.influence * variance.asDiagonal() * fit.influence.transpose() - covariance).norm(),
            1e3 * rounding);
}

}  // namespace
}  // namespace wideproof::compare
