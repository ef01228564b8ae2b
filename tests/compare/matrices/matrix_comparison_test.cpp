// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/matrix_comparison.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr double rounding = 1e-6;

MatrixComparison single(double value, double error, double freedom, double predicted) {
  const auto one = [](double x) { return Eigen::MatrixXd::Constant(1, 1, x); };
  return set_beside({one(value), one(error), one(freedom)}, one(predicted), rounding);
}

TEST(MatrixComparison, HasStudentsPValue) {
  // t = 2.776445 leaves 5% on both sides with 4 degrees of freedom (tables).
  const MatrixComparison comparison = single(1.0 + 2.776445 * 0.1, 0.1, 4.0, 1.0);
  EXPECT_NEAR(comparison.z(0, 0), 2.776445, 1e-12);
  EXPECT_NEAR(comparison.p(0, 0), 0.05, 1e-7);  // six decimals of the table
}

TEST(MatrixComparison, ApproachesTheNormalLawWithManyReplicates) {
  EXPECT_NEAR(single(1.0 + 1.959964, 1.0, 1e9, 1.0).p(0, 0), 0.05, 1e-6);
}

TEST(MatrixComparison, SeesNoEvidenceInRounding) {
  EXPECT_EQ(single(1.0, 0.0, 9.0, 1.0).p(0, 0), 1.0);
  EXPECT_EQ(single(1.0, 0.0, 9.0, 1.0).z(0, 0), 0.0);
  EXPECT_EQ(single(2.0 + 1e-6, 0.0, 9.0, 2.0).p(0, 0), 1.0);
  EXPECT_EQ(single(2.0 + 1e-6, 1e-9, 9.0, 2.0).p(0, 0), 1.0);
}

TEST(MatrixComparison, RejectsAnEntryThatDoesNotVaryBeyondRounding) {
  const MatrixComparison comparison = single(0.9, 0.0, 9.0, 1.0);
  EXPECT_EQ(comparison.p(0, 0), 0.0);
  EXPECT_EQ(comparison.z(0, 0), -std::numeric_limits<double>::infinity());
}

TEST(MatrixComparison, MarksWhatIsNotFinite) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isnan(single(infinity, 1.0, 9.0, 1.0).p(0, 0)));
  EXPECT_TRUE(std::isnan(single(1.0, infinity, 9.0, 1.0).z(0, 0)));
}

TEST(MatrixComparison, ScalesToleranceByBothNorms) {
  const Eigen::MatrixXd matrix = (Eigen::MatrixXd(2, 2) << 4, 1, 1, 9).finished();
  EXPECT_DOUBLE_EQ(norm_scale(matrix)(0, 1), 6.0);
  EXPECT_DOUBLE_EQ(norm_scale(matrix)(1, 1), 9.0);
}

TEST(Distributions, MatchTables) {
  EXPECT_NEAR(student_upper_quantile(0.01, 10.0), 2.763769, 1e-6);
  EXPECT_NEAR(fisher_upper_tail(3.490295, 3.0, 12.0), 0.05, 1e-6);
  EXPECT_NEAR(normal_upper_quantile(0.025), 1.959964, 1e-6);
  EXPECT_EQ(student_two_sided(std::numeric_limits<double>::infinity(), 3.0), 0.0);
}

}  // namespace
}  // namespace wideproof::compare
