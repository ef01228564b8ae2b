// SPDX-License-Identifier: MIT
#include <wideproof/model/least_aligned.hpp>

#include <gtest/gtest.h>

namespace wideproof::model {
namespace {

using Pair = std::pair<Eigen::Index, Eigen::Index>;

TEST(LeastAligned, IsThePairNearestToARightAngle) {
  Eigen::MatrixXd cosines(3, 3);
  cosines << 1.0, 0.9, -0.2, 0.9, 1.0, 0.3, -0.2, 0.3, 1.0;
  EXPECT_EQ(least_aligned(cosines), Pair(0, 2));
}

TEST(LeastAligned, IsTheFirstOfPairsThatDifferByRounding) {
  Eigen::MatrixXd cosines(3, 3);
  cosines << 1.0, 0.5, -0.5 + 1e-12, 0.5, 1.0, 0.5, -0.5 + 1e-12, 0.5, 1.0;
  EXPECT_EQ(least_aligned(cosines), Pair(0, 1));
}

TEST(LeastAligned, NeedsTwoInputs) {
  EXPECT_FALSE(least_aligned(Eigen::MatrixXd::Ones(1, 1)));
  EXPECT_FALSE(least_aligned(Eigen::MatrixXd()));
}

}  // namespace
}  // namespace wideproof::model
