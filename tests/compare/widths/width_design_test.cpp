// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/width_design.hpp>

#include <gtest/gtest.h>
#include <Eigen/LU>

namespace wideproof::compare {
namespace {

// Householder QR of a few rows: errors of a few dozen roundings, times a condition number < 100.
constexpr double design_rounding = 1e-12;

TEST(WidthDesign, MatchesTheLineByHand) {
  // Unit weights, x = 0, 1, 2, y = 1, 2, 4: slope 3/2, intercept 7/3 − 3/2 = 5/6; residuals
  // 1/6, −1/3, 1/6 with square sum 1/6.
  Eigen::MatrixXd columns(3, 2);
  columns << 1, 0, 1, 1, 1, 2;
  const WidthDesign design = fit_over_widths(columns, Eigen::Vector3d::Ones());
  const Eigen::VectorXd fit = design.influence * Eigen::Vector3d(1, 2, 4);
  EXPECT_NEAR(fit[0], 5.0 / 6.0, design_rounding);
  EXPECT_NEAR(fit[1], 1.5, design_rounding);
  ASSERT_EQ(design.contrasts.rows(), 1);
  EXPECT_NEAR((design.contrasts * Eigen::Vector3d(1, 2, 4)).squaredNorm(), 1.0 / 6.0,
              design_rounding);
}

TEST(WidthDesign, IsThatOfTheNormalEquations) {
  const Eigen::MatrixXd columns = inverse_width_columns({256, 512, 1024, 2048, 4096}, 2);
  EXPECT_EQ(columns(2, 1), 0.25);
  EXPECT_EQ(columns(2, 2), 0.0625);
  const Eigen::VectorXd weights = (Eigen::VectorXd(5) << 1, 2, 4, 8, 16).finished();
  const WidthDesign design = fit_over_widths(columns, weights);
  const Eigen::MatrixXd v = weights.asDiagonal();
  const Eigen::MatrixXd expected =
      (columns.transpose() * v * columns).inverse() * columns.transpose() * v;
  EXPECT_LT((design.influence - expected).norm(), 1e3 * design_rounding);
}

TEST(WidthDesign, IsASeriesInTheGivenPower) {
  const Eigen::MatrixXd roots = inverse_width_columns({256, 1024, 4096}, 2, 0.5);
  EXPECT_EQ(roots(1, 1), 0.5);
  EXPECT_EQ(roots(1, 2), 0.25);
  EXPECT_EQ(roots(2, 1), 0.25);
  EXPECT_EQ(inverse_width_columns({256, 300, 4096}, 3, 1.0),
            inverse_width_columns({256, 300, 4096}, 3));
}

TEST(WidthDesign, HasContrastsThatSeeNoModelAndAreWhite) {
  const Eigen::VectorXd weights = (Eigen::VectorXd(5) << 3, 2, 4, 8, 16).finished();
  const Eigen::MatrixXd columns = inverse_width_columns({256, 512, 1024, 2048, 4096}, 1);
  const WidthDesign design = fit_over_widths(columns, weights);
  ASSERT_EQ(design.contrasts.rows(), 3);
  EXPECT_LT((design.contrasts * columns).norm(), design_rounding);
  EXPECT_LT((design.contrasts * weights.cwiseInverse().asDiagonal() * design.contrasts.transpose() -
             Eigen::MatrixXd::Identity(3, 3))
                .norm(),
            design_rounding);
}

TEST(WidthDesign, HasSatterthwaitesDegreesOfFreedom) {
  // Parts 4·1 and 1·2 of 9 and 19 degrees of freedom: (4 + 2)²/(16/9 + 4/19).
  const LinearError error =
      linear_error(Eigen::Vector2d(2, -1), Eigen::Vector2d(1, 2), Eigen::Vector2d(9, 19));
  EXPECT_NEAR(error.variance, 6.0, design_rounding);
  EXPECT_NEAR(error.degrees_of_freedom, 36.0 / (16.0 / 9.0 + 4.0 / 19.0), design_rounding);
}

}  // namespace
}  // namespace wideproof::compare
