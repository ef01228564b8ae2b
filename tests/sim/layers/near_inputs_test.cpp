// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/near_inputs.hpp>

#include <vector>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

using Order = std::vector<Eigen::Index>;

/// 0 and 2 are 10⁻⁸ apart, 3 is between them, 1 is elsewhere.
Eigen::MatrixXd kernel() {
  Eigen::MatrixXd result = Eigen::MatrixXd::Constant(4, 4, 1 - .5e-8);
  result.row(1).setConstant(.3);
  result.col(1).setConstant(.3);
  result(0, 3) = result(3, 0) = 1 - .1e-8;
  result.diagonal().setOnes();
  return result;
}

TEST(NearInputs, AreRelativeToTheNearestBeforeThem) {
  const auto found = near_inputs(kernel(), Order{0, 1, 2, 3});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].input, 2);
  EXPECT_EQ(found[0].neighbour, 0);
  EXPECT_EQ(found[1].input, 3);
  EXPECT_EQ(found[1].neighbour, 0);
  const auto backwards = near_inputs(kernel(), Order{3, 2, 1, 0});
  ASSERT_EQ(backwards.size(), 2U);
  EXPECT_EQ(backwards[1].input, 0);
  EXPECT_EQ(backwards[1].neighbour, 3);
}

TEST(NearInputs, AreNoneWhereInputsAreApart) {
  Eigen::MatrixXd apart = kernel();
  apart(0, 2) = apart(2, 0) = apart(2, 3) = apart(3, 2) = apart(0, 3) = apart(3, 0) = 1 - 1e-6;
  EXPECT_TRUE(near_inputs(apart, Order{0, 1, 2, 3}).empty());
}

}  // namespace
}  // namespace wideproof::sim
