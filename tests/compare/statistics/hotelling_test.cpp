// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/hotelling.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <Eigen/Cholesky>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/widths/class_limit.hpp>
#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::Rng;
using testing::Tally;

TEST(JointTest, IsStudentsTestOfOneNumber) {
  const JointTest test = test_jointly(Eigen::VectorXd::Constant(1, 0.3),
                                      {{Eigen::MatrixXd::Constant(1, 1, 0.01), 20.0}});
  EXPECT_EQ(test.rank, 1);
  EXPECT_NEAR(test.degrees_of_freedom, 20.0, 1e-9);
  EXPECT_NEAR(test.statistic, 9.0, 1e-9);
  EXPECT_NEAR(test.p_value, student_two_sided(3.0, 20.0), 1e-12);
}

TEST(JointTest, IsHotellingsWithManyDegreesOfFreedom) {
  // Var 4, 9 and covariance 3: dᵀC⁻¹d = (9·4 − 2·3·2·3 + 4·9)/(36 − 9) for d = (2, 3).
  Eigen::MatrixXd covariance(2, 2);
  covariance << 4, 3, 3, 9;
  const JointTest test = test_jointly(Eigen::Vector2d(2, 3), {{covariance, 40.0}});
  EXPECT_EQ(test.ridge, 0.0);
  EXPECT_NEAR(test.statistic, 36.0 / 27.0, 1e-9);
  EXPECT_NEAR(test.p_value, fisher_upper_tail(36.0 / 27.0 * 39.0 / 80.0, 2.0, 39.0), 1e-12);
}

TEST(JointTest, LeavesOutDirectionsThatDoNotVary) {
  const Eigen::MatrixXd covariance = Eigen::MatrixXd::Ones(2, 2);
  const JointTest test = test_jointly(Eigen::Vector2d(1, 1), {{covariance, 50.0}});
  EXPECT_EQ(test.rank, 1);
  EXPECT_NEAR(test.statistic, 1.0, 1e-9);
}

TEST(JointTest, DoesNotDependOnUnits) {
  Eigen::MatrixXd covariance(3, 3);
  covariance << 4, 3, 1, 3, 9, 2, 1, 2, 5;
  const Eigen::Vector3d difference(2, -3, 1);
  const Eigen::Vector3d unit(1e-3, 7.0, 1e4);
  for (const double freedom : {10.0, 100.0}) {
    const JointTest one = test_jointly(difference, {{covariance, freedom}});
    const JointTest other =
        test_jointly(unit.cwiseProduct(difference),
                     {{unit.asDiagonal() * covariance * unit.asDiagonal(), freedom}});
    EXPECT_NEAR(one.p_value, other.p_value, 1e-9);
    EXPECT_EQ(one.ridge > 0.0, freedom < 30.0);
  }
}

TEST(JointTest, WithoutDegreesOfFreedomRejectsNothing) {
  EXPECT_EQ(test_jointly(Eigen::Vector3d(9, 0, -9), {{Eigen::Matrix3d::Identity(), 1.0}}).p_value,
            1.0);
}

TEST(JointTest, OfNothingRejectsNothing) {
  EXPECT_EQ(test_jointly(Eigen::VectorXd(), {}).p_value, 1.0);
}

/// Limits of `count` correlated normal numbers over five widths, `replicates` a width, of variance
/// 1/n; the truth is 0 plus `shift` standard deviations of one network at n₀ in every number.
WidthVectors drawn(Eigen::Index count, int replicates, double shift, Rng& rng) {
  boost::random::normal_distribution<double> normal;
  WidthVectors vectors;
  vectors.weights.resize(5);
  for (const std::int64_t width : {256, 512, 1024, 2048, 4096}) {
    const double spread = std::sqrt(256.0 / static_cast<double>(width));
    Eigen::MatrixXd rows(replicates, count);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      const double shared = normal(rng);
      for (Eigen::Index k = 0; k < count; ++k)
        rows(i, k) = shift + spread * (0.6 * shared + 0.8 * normal(rng));
    }
    vectors.weights[static_cast<Eigen::Index>(vectors.at.size())] =
        static_cast<double>(width * replicates);
    vectors.widths.push_back(width);
    vectors.at.push_back(mean_of_rows(rows));
  }
  return vectors;
}

struct Size {
  Eigen::Index count;
  int replicates;
  int trials;
};

TEST(JointTest, RejectsAtItsLevelForAnyNumberOfColumns) {
  Rng rng(31);
  Tally tally;
  // r ≪ ν, r ~ ν/2 and r > ν: ν is about 210, 46 and 23.
  for (const auto& [count, replicates, trials] :
       {Size{6, 100, 4000}, Size{27, 100, 1000}, Size{24, 20, 2000}, Size{30, 10, 2000}}) {
    std::vector<double> p_values;
    const std::string at = fmt::format("_of_{}_at_{}_replicates", count, replicates);
    for (int trial = 0; trial < trials; ++trial) {
      const ClassLimit limit = fit_class_limit(drawn(count, replicates, 0.0, rng),
                                               Eigen::VectorXd::Zero(count), 1, 0.05);
      p_values.push_back(limit.test.p_value);
      tally.count("limit" + at, limit.test.p_value < 0.05);
      tally.count("limit_at_1_percent" + at, limit.test.p_value < 0.01);
      tally.count("lack_of_fit" + at, limit.lack_of_fit->p_value < 0.05);
    }
    tally.expect_rate("limit" + at, 0.05);
    // Only Hotelling's law is exact; the regularised one is fitted to two moments.
    if (count == 6) {
      EXPECT_LT(testing::distance_from_uniform(p_values), testing::uniform_bound(p_values.size()));
    }
    // The twin: the p-values of a wrong prediction are not uniform.
    p_values.clear();
    for (int trial = 0; trial < 200; ++trial)
      p_values.push_back(fit_class_limit(drawn(count, replicates, 0.3 / std::sqrt(replicates), rng),
                                         Eigen::VectorXd::Zero(count), 1, 0.05)
                             .test.p_value);
    EXPECT_GT(testing::distance_from_uniform(p_values), testing::uniform_bound(p_values.size()))
        << at;
  }
  tally.record();
  for (const char* at : {"_of_6_at_100_replicates", "_of_27_at_100_replicates"})
    tally.expect_rate(std::string("lack_of_fit") + at, 0.05);
}

TEST(JointTest, SeesADeviationSpreadThinlyOverAllColumns) {
  // Each number is off by 0.28 of its standard error at the narrowest width, 1.2 of the limit's.
  Rng rng(32);
  Tally tally;
  for (int trial = 0; trial < 200; ++trial) {
    WidthVectors vectors = drawn(27, 100, 0.0, rng);
    for (VectorEstimate& at : vectors.at)
      for (Eigen::Index k = 0; k < 27; ++k) at.value[k] += (k % 2 == 0 ? 0.028 : -0.028);
    const ClassLimit limit = fit_class_limit(vectors, Eigen::VectorXd::Zero(27), 1, 0.05);
    tally.count("joint", limit.test.p_value < 0.05);
    const Eigen::ArrayXd z = limit.limit.array() / limit.standard_error.array();
    tally.count("holm", student_two_sided(z.abs().maxCoeff(), 210.0) < 0.05 / 27.0);
  }
  tally.record();
  tally.expect_at_least("joint", 0.95);
  EXPECT_LT(tally.times("holm"), tally.times("joint"));
}

}  // namespace
}  // namespace wideproof::compare
