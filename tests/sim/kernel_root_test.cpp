// SPDX-License-Identifier: MIT
#include <wideproof/sim/kernel_root.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

constexpr double tolerance = 1e-12;

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
  const auto root = kernel_root(kernel, tolerance);
  EXPECT_EQ(root.cols(), 6);
  EXPECT_LE(error_of(root, kernel), 1e-14);
}

TEST(KernelRoot, HasAsManyColumnsAsTheKernelHasRanks) {
  const auto root = kernel_root(circle(9), tolerance);
  EXPECT_EQ(root.cols(), 2);
  EXPECT_LE(error_of(root, circle(9)), 1e-14);
}

TEST(KernelRoot, GivesDuplicateAndOppositeInputsTheSameNormals) {
  Eigen::MatrixXd inputs(4, 3);
  inputs << 1, 2, 3, 1, 2, 3, -1, -2, -3, 0, 1, 0;
  const Eigen::MatrixXd kernel = inputs * inputs.transpose();
  const auto root = kernel_root(kernel, tolerance);
  EXPECT_EQ(root.cols(), 2);
  EXPECT_TRUE(root.row(0).isApprox(root.row(1), 1e-15));
  EXPECT_TRUE(root.row(0).isApprox(-root.row(2), 1e-15));
  EXPECT_LE(error_of(root, kernel), 1e-13);
}

TEST(KernelRoot, TakesPivotsBelowTheToleranceForRounding) {
  Eigen::MatrixXd kernel = circle(5);
  kernel(1, 1) += 1e-7;
  kernel(3, 3) -= 1e-7;  // no longer semidefinite
  const auto root = kernel_root(kernel, 1e-5);
  EXPECT_EQ(root.cols(), 2);
  EXPECT_LE(error_of(root, kernel), 1e-6);
  EXPECT_GT(kernel_root(kernel, tolerance).cols(), 2);
}

TEST(KernelRoot, OfZeroHasNoColumns) {
  EXPECT_EQ(kernel_root(Eigen::MatrixXd::Zero(3, 3), tolerance).cols(), 0);
}

TEST(KernelRoot, PassesOnWhatIsNoNumber) {
  Eigen::MatrixXd kernel = circle(3);
  kernel(0, 0) = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(kernel_root(kernel, tolerance).allFinite());
}

}  // namespace
}  // namespace wideproof::sim
