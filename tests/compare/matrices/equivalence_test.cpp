// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/equivalence.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr double margin = 0.02;
constexpr double level = 0.01;

/// Gram entries predicted as 1 and 0.5, all off by `difference`, with standard error `error`.
MatrixComparison off_by(double difference, double error) {
  const Eigen::MatrixXd predicted = (Eigen::MatrixXd(2, 2) << 1, 0.5, 0.5, 1).finished();
  const auto all = [](double x) { return Eigen::MatrixXd::Constant(2, 2, x); };
  return set_beside({predicted + all(difference), all(error), all(50.0)}, predicted, 1e-6);
}

Equivalence tested(const MatrixComparison& comparison) {
  return test_equivalence(comparison, Quantity::gram, margin, level);
}

TEST(Equivalence, HoldsExactlyUpToTheOneSidedBound) {
  const double t = student_upper_quantile(level, 50.0);
  const double error = (margin - 0.005) / t;
  EXPECT_TRUE(tested(off_by(0.005, 0.999 * error)).holds);
  EXPECT_FALSE(tested(off_by(0.005, 1.001 * error)).holds);
  EXPECT_FALSE(tested(off_by(-0.005, 1.001 * error)).holds);
}

TEST(Equivalence, SaysHowManyMoreReplicatesItNeeds) {
  const double t = student_upper_quantile(level, 50.0);
  const double error = 2.0 * margin / t;  // twice the error that would do
  EXPECT_NEAR(tested(off_by(0.0, error)).replicate_factor, 4.0, 1e-9);
}

TEST(Equivalence, FailsBeyondTheMarginHoweverSmallTheError) {
  const Equivalence beyond = tested(off_by(0.021, 1e-9));
  EXPECT_FALSE(beyond.holds);
  EXPECT_TRUE(std::isinf(beyond.replicate_factor));
}

TEST(Equivalence, NeedsNoVariation) {
  EXPECT_TRUE(tested(off_by(0.019, 0.0)).holds);
  EXPECT_FALSE(tested(off_by(0.021, 0.0)).holds);
}

TEST(Equivalence, NamesTheWorstEntry) {
  MatrixComparison comparison = off_by(0.0, 1e-4);
  comparison.estimate.standard_error(1, 1) = 1e-2;
  const Equivalence equivalence = tested(comparison);
  EXPECT_FALSE(equivalence.holds);
  EXPECT_EQ(equivalence.worst.row, 1);
  EXPECT_EQ(equivalence.worst.column, 1);
  comparison.estimate.value(0, 1) += 0.03;
  comparison.estimate.value(1, 1) += 0.05;
  EXPECT_EQ(tested(comparison).worst.row, 1);  // both beyond: the farther one
}

TEST(Equivalence, FailsWhereAnEstimateIsNotFinite) {
  MatrixComparison comparison = off_by(0.0, 1e-4);
  comparison.estimate.value(0, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(tested(comparison).holds);
}

TEST(Equivalence, OfTheCorrelationLeavesOutTheDiagonal) {
  MatrixComparison comparison = off_by(0.0, 1e-4);
  comparison.estimate.standard_error(1, 1) = 1.0;
  EXPECT_TRUE(test_equivalence(comparison, Quantity::correlation, margin, level).holds);
}

TEST(BeyondMargin, HasTheChanceAtTheMargin) {
  const Entry entry{Quantity::gram, 0, 0};
  // On the margin with an error far below it, one side holds half the chance and the other none.
  EXPECT_NEAR(beyond_margin_p(off_by(margin, 1e-4), entry, margin), 0.5, 1e-9);
  // Without a margin it is the two-sided test.
  const MatrixComparison comparison = off_by(0.03, 0.01);
  EXPECT_NEAR(beyond_margin_p(comparison, entry, 0.0), comparison.p(0, 0), 1e-12);
}

}  // namespace
}  // namespace wideproof::compare
