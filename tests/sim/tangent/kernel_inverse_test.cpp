// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/kernel_inverse.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <Eigen/Core>

namespace wideproof::sim {
namespace {

/// A Gram of 6 vectors in so many dimensions.
Eigen::MatrixXd gram_in(Eigen::Index dimension) {
  Eigen::MatrixXd x(6, dimension);
  for (Eigen::Index i = 0; i < x.size(); ++i)
    x.data()[i] = std::sin(3.7 * static_cast<double>(i * i));
  x.row(2) *= 100;
  return x * x.transpose();
}

TEST(KernelInverse, InvertsAKernel) {
  const Eigen::MatrixXd kernel = gram_in(9);
  const KernelInverse inverse(kernel, 1e-15);
  EXPECT_FALSE(inverse.is_nearly_singular());
  EXPECT_LE((kernel * inverse.matrix() - Eigen::MatrixXd::Identity(6, 6)).cwiseAbs().maxCoeff(),
            1e-10);
}

TEST(KernelInverse, InvertsAKernelOnItsRange) {
  Eigen::MatrixXd kernel = gram_in(4);
  kernel.row(5).setZero();  // an input that activates nothing
  kernel.col(5).setZero();
  const KernelInverse inverse(kernel, 1e-15);
  EXPECT_TRUE(inverse.is_nearly_singular());
  const double scale = kernel.cwiseAbs().maxCoeff();
  EXPECT_LE((kernel * inverse.matrix() * kernel - kernel).cwiseAbs().maxCoeff(), 1e-11 * scale);
  EXPECT_EQ(inverse.matrix().row(5).cwiseAbs().maxCoeff(), 0);
  EXPECT_EQ(KernelInverse(Eigen::MatrixXd::Zero(3, 3), 1e-15).matrix(),
            Eigen::MatrixXd::Zero(3, 3));
}

TEST(KernelInverse, CountsWhatRoundingLeavesAsLost) {
  Eigen::MatrixXd kernel(2, 2);
  kernel << 1, 1 - 1e-9, 1 - 1e-9, 1;
  EXPECT_GT(KernelInverse(kernel, 1e-15).matrix()(0, 0), 1e8);
  EXPECT_NEAR(KernelInverse(kernel, 1e-8).matrix()(0, 0), .25, 1e-6);
}

TEST(KernelInverse, PassesNotANumberOn) {
  Eigen::MatrixXd kernel = gram_in(9);
  kernel(1, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(KernelInverse(kernel, 1e-15).matrix().allFinite());
}

}  // namespace
}  // namespace wideproof::sim
