// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/kernel_root.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

constexpr double resolution = std::numeric_limits<double>::epsilon();

KernelRoot root_of(const Eigen::MatrixXd& kernel) {
  return kernel_root(kernel, InputOrder(kernel, InputOrder::By::pivots), resolution);
}

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
  const Eigen::MatrixXd root = root_of(kernel).matrix;
  EXPECT_EQ(root.cols(), 6);
  EXPECT_LE(error_of(root, kernel), 1e-14);
}

TEST(KernelRoot, HasAsManyColumnsAsTheKernelHasRanks) {
  const Eigen::MatrixXd root = root_of(circle(9)).matrix;
  EXPECT_EQ(root.cols(), 2);
  EXPECT_LE(error_of(root, circle(9)), 1e-14);
}

TEST(KernelRoot, GivesDuplicateAndOppositeInputsTheSameNormals) {
  Eigen::MatrixXd inputs(4, 3);
  inputs << 1, 2, 3, 1, 2, 3, -1, -2, -3, 0, 1, 0;
  const Eigen::MatrixXd kernel = inputs * inputs.transpose();
  const Eigen::MatrixXd root = root_of(kernel).matrix;
  EXPECT_EQ(root.cols(), 2);
  EXPECT_TRUE(root.row(0).isApprox(root.row(1), 1e-15));
  EXPECT_TRUE(root.row(0).isApprox(-root.row(2), 1e-15));
  EXPECT_LE(error_of(root, kernel), 1e-13);
}

TEST(KernelRoot, TellsHowNearTheKernelIsToLosingRank) {
  Eigen::MatrixXd kernel(2, 2);
  kernel << 1, .6, .6, 1;
  EXPECT_NEAR(root_of(kernel).smallest_pivot, 1 - .36, 1e-15);
  kernel << 1, 1, 1, 1;
  EXPECT_EQ(root_of(kernel).smallest_pivot, 0);
}

TEST(KernelRoot, KeepsInputsApartWhateverTheirNormsAndHoweverNearTheyAre) {
  Eigen::MatrixXd kernel(2, 2);
  const double small = 1e-9;
  const double c = 1 - 1e-12;
  kernel << 1, c * small, c * small, small * small;
  const auto root = root_of(kernel);
  EXPECT_EQ(root.matrix.cols(), 2);
  EXPECT_NEAR(root.smallest_pivot, 2e-12, 1e-15);
  EXPECT_NEAR(root.matrix(1, 1) / small, std::sqrt(2e-12), 1e-9);
}

/// K off by rounding of its entries, as on another processor.
Eigen::MatrixXd rounded(const Eigen::MatrixXd& kernel, double by, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> part(-by, by);
  Eigen::MatrixXd noise =
      Eigen::MatrixXd::NullaryExpr(kernel.rows(), kernel.cols(), [&] { return part(random); });
  return kernel.array() * (1 + (noise + noise.transpose()).array() / 2);
}

/// Cosines of twelve inputs on a circle: as many pivots tie as can.
Eigen::MatrixXd ring() {
  return Eigen::MatrixXd::NullaryExpr(12, 12, [](Eigen::Index a, Eigen::Index b) {
    return std::cos(2 * std::numbers::pi * static_cast<double>(a - b) / 12);
  });
}

/// A smooth kernel of them: pivots fall by some `sharpness` from one frequency to the next.
Eigen::MatrixXd smooth(double sharpness) {
  return (sharpness * (ring().array() - 1)).exp();
}

/// S moves by some δ/√p for a kernel's δ and a pivot p that counts, p ≥ 64 ε.
TEST(KernelRoot, MovesByRoundingWhereTheKernelDoes) {
  const double least = 64 * resolution;
  const InputOrder order(ring(), InputOrder::By::distances);
  for (const auto& kernel :
       {ring(), smooth(1), smooth(.1), smooth(1e-3), smooth(1e-5), smooth(1e-7), smooth(1e-13)}) {
    const auto root = kernel_root(kernel, order, resolution).matrix;
    double largest = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
      const auto other = kernel_root(rounded(kernel, 2e-16, seed), order, resolution).matrix;
      const auto columns = std::max(root.cols(), other.cols());
      Eigen::MatrixXd difference = Eigen::MatrixXd::Zero(12, columns);
      difference.leftCols(root.cols()) += root;
      difference.leftCols(other.cols()) -= other;
      largest = std::max(largest, difference.cwiseAbs().maxCoeff());
    }
    EXPECT_LE(largest, 20 * 2e-16 / std::sqrt(least));
  }
}

TEST(KernelRoot, CountsAPivotInPartWhereItMayBeRounding) {
  const auto second = [](double pivot) {
    Eigen::MatrixXd kernel(2, 2);
    const double c = 1 - pivot / 2;
    kernel << 1, c, c, 1;
    return kernel_root(kernel, InputOrder(kernel, InputOrder::By::pivots), 1e-10).matrix;
  };
  const double zero = 64e-10;
  EXPECT_EQ(second(zero / 2).cols(), 1);
  EXPECT_LT(second(1.1 * zero)(1, 1), .1 * std::sqrt(zero));
  EXPECT_NEAR(second(2.5 * zero)(1, 1), .5 * std::sqrt(2.5 * zero), 1e-9);
  EXPECT_NEAR(second(4 * zero)(1, 1), std::sqrt(4 * zero), 1e-9);
}

/// Sums in float32 make kernels of fewer neurons than inputs, that are not positive.
TEST(KernelRoot, MakesNoMoreOfAnInputThanTheKernelHas) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const auto kernel = rounded(circle(9), 1e-7, seed);
    EXPECT_LE(
        error_of(
            kernel_root(kernel, InputOrder(circle(9), InputOrder::By::pivots), resolution).matrix,
            kernel),
        1e-5);
  }
}

TEST(KernelRoot, OfZeroHasNoColumns) {
  EXPECT_EQ(root_of(Eigen::MatrixXd::Zero(3, 3)).matrix.cols(), 0);
}

TEST(KernelRoot, PassesOnWhatIsNoNumber) {
  Eigen::MatrixXd kernel = circle(3);
  kernel(0, 0) = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(root_of(kernel).matrix.allFinite());
}

}  // namespace
}  // namespace wideproof::sim
