// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/layer_comparison.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace wideproof::compare {
namespace {

/// Two inputs whose z and p are set by hand; all else is as predicted.
LayerComparison layer_of(const Eigen::Matrix2d& z, const Eigen::Matrix2d& p) {
  LayerComparison layer;
  for (MatrixComparison* matrix : {&layer.gram, &layer.correlation}) {
    matrix->predicted = Eigen::Matrix2d::Ones();
    matrix->z = z;
    matrix->p = p;
  }
  return layer;
}

const Eigen::Matrix2d all_tested = Eigen::Matrix2d::Constant(0.5);

TEST(LargestZ, IsTheFarthestOfTheTestedEntriesOnEitherSide) {
  Eigen::Matrix2d z;
  z << 1.0, -3.0, -3.0, 2.0;
  EXPECT_EQ(largest_z(layer_of(z, all_tested))->z, 3.0);
  EXPECT_EQ(name_of(largest_z(layer_of(z, all_tested))->entry), "gram(1,2)");
  Eigen::Matrix2d without_pair = all_tested;
  without_pair(0, 1) = without_pair(1, 0) = 1.0;
  EXPECT_EQ(largest_z(layer_of(z, without_pair))->z, 2.0);
}

TEST(LargestZ, IsInfiniteWhereANumberWithoutErrorIsOff) {
  Eigen::Matrix2d z = Eigen::Matrix2d::Zero();
  z(1, 1) = -std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isinf(largest_z(layer_of(z, all_tested))->z));
}

TEST(LargestZ, IsNotKnownWhereATestedEntryHasNone) {
  Eigen::Matrix2d z = Eigen::Matrix2d::Constant(2.0);
  z(0, 1) = z(1, 0) = std::nan("");
  EXPECT_TRUE(std::isnan(largest_z(layer_of(z, all_tested))->z));
}

TEST(LargestZ, IsMissingWhereNothingIsTested) {
  EXPECT_FALSE(largest_z(layer_of(Eigen::Matrix2d::Zero(), Eigen::Matrix2d::Ones())));
}

}  // namespace
}  // namespace wideproof::compare
