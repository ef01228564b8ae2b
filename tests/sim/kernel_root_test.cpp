// SPDX-License-Identifier: MIT
#include <wideproof/sim/kernel_root.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

double error_of(const Eigen::MatrixXd& root, const Eigen::MatrixXd& kernel) {
  return (root * root.transpose() - kernel).cwiseAbs().maxCoeff();
}

/// Gram of cosines of angles on a circle: rank 2.
Eigen::MatrixXd circle(Eigen::Index count) {
  Eigen::MatrixXd kernel(count, count);
  for (Eigen::Index a = 0; a < count; ++a) {
    for (Eigen::Index b = 0; b < count; ++b) {
      kernel(a, b) = std::cos(.7 * static_cast<double>(a - b));
    }
  }
  return kernel;
}

TEST(KernelRoot, SquaresToAKernelOfFullRank) {
  const Eigen::MatrixXd kernel = circle(6) + .1 * Eigen::MatrixXd::Identity(6, 6);
  const Eigen::MatrixXd root = kernel_root(kernel).matrix;
  EXPECT_EQ(root.cols(), 6);
  EXPECT_LE(error_of(root, kernel), 1e-14);
}

TEST(KernelRoot, HasAsManyColumnsAsTheKernelHasRanks) {
  const Eigen::MatrixXd root = kernel_root(circle(9)).matrix;
  EXPECT_EQ(root.cols(), 2);
  EXPECT_LE(error_of(root, circle(9)), 1e-14);
}

TEST(KernelRoot, GivesDuplicateAndOppositeInputsTheSameNormals) {
  Eigen::MatrixXd inputs(4, 3);
  inputs << 1, 2, 3, 1, 2, 3, -1, -2, -3, 0, 1, 0;
  const Eigen::MatrixXd kernel = inputs * inputs.transpose();
  const Eigen::MatrixXd root = kernel_root(kernel).matrix;
  EXPECT_EQ(root.cols(), 2);
  EXPECT_TRUE(root.row(0).isApprox(root.row(1), 1e-15));
  EXPECT_TRUE(root.row(0).isApprox(-root.row(2), 1e-15));
  EXPECT_LE(error_of(root, kernel), 1e-13);
}

TEST(KernelRoot, TellsHowNearTheKernelIsToLosingRank) {
  Eigen::MatrixXd kernel(2, 2);
  kernel << 1, .6, .6, 1;
  EXPECT_NEAR(kernel_root(kernel).smallest_pivot, 1 - .36, 1e-15);
  kernel << 1, 1, 1, 1;
  EXPECT_EQ(kernel_root(kernel).smallest_pivot, 0);
}

TEST(KernelRoot, KeepsInputsApartWhateverTheirNormsAndHoweverNearTheyAre) {
  Eigen::MatrixXd kernel(2, 2);
  const double small = 1e-9;
  const double c = 1 - 1e-12;
  kernel << 1, c * small, c * small, small * small;
  const auto root = kernel_root(kernel);
  EXPECT_EQ(root.matrix.cols(), 2);
  EXPECT_NEAR(root.smallest_pivot, 2e-12, 1e-15);
  EXPECT_NEAR(root.matrix(1, 1) / small, std::sqrt(2e-12), 1e-9);
}

TEST(KernelRoot, OfZeroHasNoColumns) {
  EXPECT_EQ(kernel_root(Eigen::MatrixXd::Zero(3, 3)).matrix.cols(), 0);
}

TEST(KernelRoot, PassesOnWhatIsNoNumber) {
  Eigen::MatrixXd kernel = circle(3);
  kernel(0, 0) = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(kernel_root(kernel).matrix.allFinite());
}

}  // namespace
}  // namespace wideproof::sim
