// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/vector_estimate.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <boost/random/chi_squared_distribution.hpp>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

constexpr double rounding = 1e-12;

TEST(VectorEstimate, IsTheMeanOfRowsByHand) {
  Eigen::MatrixXd rows(3, 2);
  rows << 1, 2, 2, 2, 3, 8;
  const VectorEstimate mean = mean_of_rows(rows);
  EXPECT_NEAR(mean.value[1], 4.0, rounding);
  EXPECT_NEAR(mean.covariance(0, 0), 1.0 / 3.0, rounding);
  EXPECT_NEAR(mean.covariance(1, 1), 12.0 / 3.0, rounding);
  EXPECT_NEAR(mean.covariance(0, 1), 3.0 / 3.0, rounding);
  EXPECT_EQ(mean.degrees_of_freedom, 2.0);
}

TEST(VectorEstimate, HasTheJackknifedLogarithmByHand) {
  // Rows 1 and 3: v = 2, without one of them 3 or 1, so θ = 2 log 2 − log 3 and 2 log 2.
  const VectorEstimate log_mean = log_mean_of_rows(Eigen::Vector2d(1, 3));
  EXPECT_NEAR(log_mean.value[0], 2.0 * std::log(2.0) - 0.5 * std::log(3.0), rounding);
  EXPECT_NEAR(log_mean.covariance(0, 0), std::pow(0.5 * std::log(3.0), 2), rounding);
}

TEST(VectorEstimate, KnowsHowWellALogarithmOfBlockVariancesIsKnown) {
  // 25 blocks of four normal networks: a mean of χ²_3/3. Var(log v) is that of log χ²_75, 2/74 to
  // within 1e-3 of itself. Over 20000 trials the mean of the estimated variances, of relative
  // spread √(2/14.4) each, is known to 0.3%; second order in 1/25 may add 5%. Their relative
  // variance says how many degrees of freedom they have.
  testing::Rng rng(61);
  boost::random::chi_squared_distribution<double> chi_squared(3.0);
  constexpr int trials = 20000;
  double sum = 0.0, sum_of_squares = 0.0, logs = 0.0, freedom = 0.0;
  for (int trial = 0; trial < trials; ++trial) {
    Eigen::VectorXd rows(25);
    for (double& row : rows) row = chi_squared(rng) / 3.0;
    const VectorEstimate log_mean = log_mean_of_rows(rows);
    logs += log_mean.value[0] / trials;
    sum += log_mean.covariance(0, 0) / trials;
    sum_of_squares += std::pow(log_mean.covariance(0, 0), 2) / trials;
    freedom = log_mean.degrees_of_freedom;
  }
  RecordProperty("variance", std::to_string(sum / (2.0 / 74.0)));
  RecordProperty("freedom", std::to_string(2.0 * sum * sum / (sum_of_squares - sum * sum)));
  EXPECT_NEAR(sum / (2.0 / 74.0), 1.0, 0.05);
  EXPECT_NEAR(2.0 * sum * sum / (sum_of_squares - sum * sum), freedom, 0.25 * freedom);
  EXPECT_NEAR(freedom, 14.4, rounding);
  // Five standard errors of the mean, √(2/74/20000) = 0.0012, where log alone is off by 1/75.
  EXPECT_NEAR(logs, 0.0, 0.006);
}

TEST(VectorEstimate, CombinesWidthsByHand) {
  const VectorEstimate one{Eigen::Vector2d(1, 2), Eigen::Matrix2d::Identity(), 9.0};
  const VectorEstimate other{Eigen::Vector2d(3, 5), 2.0 * Eigen::Matrix2d::Ones(), 19.0};
  Eigen::MatrixXd coefficients(2, 2);
  coefficients << 1, -1, 2, 3;
  const Combination combination = combine(coefficients, {one, other});
  EXPECT_LT((combination.value - Eigen::Vector4d(-2, -3, 11, 19)).norm(), rounding);
  const Eigen::MatrixXd covariance = combination.covariance();
  EXPECT_NEAR(covariance(0, 0), 1.0 + 2.0, rounding);
  EXPECT_NEAR(covariance(0, 1), 2.0, rounding);
  EXPECT_NEAR(covariance(0, 2), 2.0 - 3.0 * 2.0, rounding);
  EXPECT_NEAR(covariance(3, 3), 4.0 + 9.0 * 2.0, rounding);
  EXPECT_EQ(combination.parts[1].degrees_of_freedom, 19.0);
}

}  // namespace
}  // namespace wideproof::compare
