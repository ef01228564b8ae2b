// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/input_counts.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

/// Inputs × classes.
Eigen::MatrixXd table_of(const ClassCounts& counts, Eigen::Index inputs) {
  Eigen::MatrixXd table = Eigen::MatrixXd::Zero(inputs, counts.inputs.size());
  for (const auto& share : counts.shares) table(share.input, share.of_class) += share.count;
  return table;
}

TEST(InputCounts, CountInputsThatCoincideByTheirClasses) {
  const InputCounts counts({0, 1, 0, 2, 0}, {7, 3, 7, 3, 3});
  const auto of = counts.of({1, 64, 0}, true);
  EXPECT_EQ(of.multiplicity.matrix(), Eigen::Vector3d(3, 1, 1));
  ASSERT_TRUE(of.classes);
  Eigen::MatrixXd expected(3, 2);
  expected << 2, 1, 0, 1, 0, 1;
  EXPECT_EQ(table_of(of.classes->own, 3), expected);
  EXPECT_EQ(of.classes->own.inputs.matrix(), Eigen::Vector2d(2, 3));
  EXPECT_TRUE(of.classes->is_signed);
}

TEST(InputCounts, HaveNoClassesWithoutLabels) {
  EXPECT_FALSE(InputCounts({0, 1, 0}, {}).of({1, 64, 0}, false).classes);
  const auto nothing_said = InputCounts().of_inputs(4).of({1, 64, 0}, false);
  EXPECT_FALSE(nothing_said.classes);
  EXPECT_EQ(nothing_said.multiplicity.matrix(), Eigen::Vector4d::Ones());
}

/// Each dealing keeps the classes' sizes and how often each input counts. Over 4000 networks an
/// input, of three classes of 1, 2 and 3, has the first in a sixth: within 4.9 standard errors,
/// which a true 1/6 leaves in 1e-6 of runs. Six inputs are looked at.
TEST(InputCounts, DealLabelsOutAnewToEveryNetwork) {
  const InputCounts counts({0, 1, 2, 3, 4, 5}, {5, 6, 6, 8, 8, 8});
  Eigen::VectorXd first = Eigen::VectorXd::Zero(6);
  constexpr int networks = 4000;
  for (int r = 0; r < networks; ++r) {
    const auto classes = counts.of({11, 64, r}, false).classes.value();
    const auto dealt = table_of(classes.dealt, 6);
    ASSERT_EQ(dealt.colwise().sum(), Eigen::RowVector3d(1, 2, 3));
    ASSERT_EQ(dealt.rowwise().sum(), Eigen::VectorXd::Ones(6));
    first += dealt.col(0);
    if (r > 0) continue;
    EXPECT_EQ(table_of(counts.of({11, 64, r}, false).classes->dealt, 6), dealt);
  }
  const double error = std::sqrt(5. / 36 / networks);
  EXPECT_LT((first.array() / networks - 1. / 6).abs().maxCoeff(), 4.9 * error);
  // The labels as they are would be seen through.
  EXPECT_GT(1 - 1. / 6, 4.9 * error);
}

}  // namespace
}  // namespace wideproof::sim
