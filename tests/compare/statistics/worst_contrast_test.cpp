// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/worst_contrast.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/vector_estimate.hpp>
#include "calibration.hpp"

namespace wideproof::compare {
namespace {

using testing::Rng;
using testing::Tally;

TEST(ConditionalDeviation, IsTheNormalLawsGivenTheOther) {
  // Variances 4 and 9, covariance 3. Given d_1 = 3, d_0 has mean 3/9·3 = 1 and variance 4 − 3²/9 =
  // 3; given d_0 = −1, d_1 has mean −3/4 and variance 9 − 9/4 = 27/4, which is the farther off.
  Eigen::MatrixXd covariance(2, 2);
  covariance << 4, 3, 3, 9;
  const Eigen::Vector2d difference(-1, 3);
  const std::vector<CovariancePart> parts = {{covariance, 1e9}};
  const auto sharpest = sharpest_deviation(difference, parts, test_jointly(difference, parts));
  EXPECT_EQ(sharpest.index, 1);
  EXPECT_NEAR(sharpest.difference, 3.0 + 0.75, 1e-9);
  EXPECT_NEAR(sharpest.standard_error, std::sqrt(27.0 / 4.0), 1e-6);
  EXPECT_NEAR(sharpest.p_of_rest, student_two_sided(0.5, 1e9), 1e-6);
}

TEST(ConditionalDeviation, IsTheEstimateItselfWhereTheRestIsIndependent) {
  const Eigen::Vector2d difference(1, -5);
  const std::vector<CovariancePart> parts = {{Eigen::Matrix2d::Identity(), 1e9}};
  const auto sharpest = sharpest_deviation(difference, parts, test_jointly(difference, parts));
  EXPECT_EQ(sharpest.index, 1);
  EXPECT_NEAR(sharpest.difference, -5.0, 1e-9);
  EXPECT_NEAR(sharpest.standard_error, 1.0, 1e-6);
}

/// How often t of the last of `count` correlated numbers, off by far more than the others, passes
/// Student's 5% quantile when measured from its truth.
double missed(Eigen::Index count, int samples, Rng& rng, Tally& tally, const std::string& event) {
  boost::random::normal_distribution<double> normal;
  constexpr double far = 100.0;
  for (int trial = 0; trial < 2000; ++trial) {
    Eigen::MatrixXd rows(samples, count);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      const double shared = normal(rng);
      for (Eigen::Index k = 0; k < count; ++k) rows(i, k) = 2.0 * shared + normal(rng);
    }
    VectorEstimate mean = mean_of_rows(rows);
    mean.value[count - 1] += far;
    const std::vector<CovariancePart> parts = {{mean.covariance, mean.degrees_of_freedom}};
    const auto sharpest = sharpest_deviation(mean.value, parts, test_jointly(mean.value, parts));
    EXPECT_EQ(sharpest.index, count - 1);
    tally.count(event, student_two_sided((sharpest.difference - far) / sharpest.standard_error,
                                         sharpest.degrees_of_freedom) < 0.05);
  }
  return tally.times(event);
}

TEST(ConditionalDeviation, IsKnownToItsStandardError) {
  Rng rng(63);
  Tally tally;
  missed(6, 100, rng, tally, "hotelling_6_of_100");
  missed(20, 60, rng, tally, "regularised_20_of_60");
  missed(40, 30, rng, tally, "regularised_40_of_30");
  tally.record();
  tally.expect_rate("hotelling_6_of_100", 0.05);  // exact
  // To leading order in p and ν: within three points.
  tally.expect_at_most("regularised_20_of_60", 0.08);
  tally.expect_at_most("regularised_40_of_30", 0.08);
}

TEST(Contrast, IsFreeOfZeroWhereTheJointTestRejects) {
  Rng rng(64);
  boost::random::normal_distribution<double> normal;
  for (const int samples : {200, 30}) {  // Hotelling's, regularised
    int rejected = 0;
    for (int trial = 0; trial < 100; ++trial) {
      Eigen::MatrixXd rows(samples, 8);
      for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const double shared = normal(rng);
        for (Eigen::Index k = 0; k < 8; ++k)
          rows(i, k) = shared + normal(rng) + (k % 2 == 0 ? 1.0 : -1.0) / std::sqrt(samples);
      }
      const VectorEstimate mean = mean_of_rows(rows);
      const std::vector<CovariancePart> parts = {{mean.covariance, mean.degrees_of_freedom}};
      const JointTest test = test_jointly(mean.value, parts);
      const Contrast contrast = worst_contrast(mean.value, parts, test, 0.05);
      EXPECT_EQ(contrast.difference > contrast.half_width, test.p_value < 0.05);
      EXPECT_NEAR(contrast.weights.lpNorm<1>(), 1.0, 1e-12);
      EXPECT_NEAR(contrast.weights.dot(mean.value), contrast.difference, 1e-12);
      rejected += test.p_value < 0.05 ? 1 : 0;
    }
    EXPECT_GT(rejected, 10);
    EXPECT_LT(rejected, 90);
  }
}

TEST(Contrast, IsTheBestOfAllCombinations) {
  // No combination has a larger ratio of its difference to its standard error.
  Eigen::MatrixXd covariance(3, 3);
  covariance << 4, 3, 1, 3, 9, 2, 1, 2, 5;
  const Eigen::Vector3d difference(2, -3, 1);
  const std::vector<CovariancePart> parts = {{covariance, 100.0}};
  const Contrast contrast =
      worst_contrast(difference, parts, test_jointly(difference, parts), 0.05);
  const auto ratio = [&](const Eigen::VectorXd& w) {
    return w.dot(difference) / std::sqrt(w.dot(covariance * w));
  };
  Rng rng(65);
  boost::random::normal_distribution<double> normal;
  for (int trial = 0; trial < 100; ++trial)
    EXPECT_LT(ratio(Eigen::Vector3d(normal(rng), normal(rng), normal(rng))),
              ratio(contrast.weights));
  EXPECT_THAT(contrast.foremost, ::testing::SizeIs(3));
}

}  // namespace
}  // namespace wideproof::compare
