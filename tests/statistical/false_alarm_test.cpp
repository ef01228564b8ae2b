// SPDX-License-Identifier: MIT
#include "false_alarm.hpp"

#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

namespace wideproof::testing {
namespace {

Eigen::ArrayXd normals(Eigen::Index count, double mean, double deviation) {
  boost::random::mt19937_64 engine(9);
  boost::random::normal_distribution<double> law(mean, deviation);
  return Eigen::ArrayXd::NullaryExpr(count, [&] { return law(engine); });
}

TEST(FalseAlarm, SharesAddUpToTheRateOfTheTest) {
  EXPECT_DOUBLE_EQ(share_of_one_check(1), false_alarm);
  EXPECT_NEAR(1 - std::pow(1 - share_of_one_check(50), 50), false_alarm, 1e-13);
}

TEST(FalseAlarm, BoundIsStudentsQuantile) {
  // Two-sided 1e-6 of a normal is 4.8916 deviations; of Student's t with 10 degrees, 10.516.
  EXPECT_TRUE(agrees({4.89, 1, 100000000}, 0));
  EXPECT_FALSE(agrees({4.90, 1, 100000000}, 0));
  EXPECT_TRUE(agrees({9, 1, 11}, 0));
  EXPECT_FALSE(agrees({12, 1, 11}, 0));
  EXPECT_TRUE(agrees({12, 1, 11}, 0, 1, 3));
}

TEST(FalseAlarm, EstimatesMomentsOfAKnownLaw) {
  const auto samples = normals(100000, 3, 2);
  EXPECT_TRUE(agrees(mean_of(samples), 3, 2));
  EXPECT_TRUE(agrees(variance_of(samples), 4, 2));
  EXPECT_FALSE(agrees(mean_of(samples), 3.1, 2));
  EXPECT_FALSE(agrees(variance_of(samples), 4.2, 2));
  // The standard error of a normal sample's variance is √(2/R) of it.
  EXPECT_NEAR(variance_of(samples).standard_error, 4 * std::sqrt(2e-5), .05 * 4 * std::sqrt(2e-5));
}

}  // namespace
}  // namespace wideproof::testing
