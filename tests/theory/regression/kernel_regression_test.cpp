// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/kernel_regression.hpp>

#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <Eigen/Dense>
#include <wideproof/model/input_error.hpp>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

using Rows = std::vector<Eigen::Index>;

/// Solutions lose the condition of these matrices, at most 1e4, and N roundings.
constexpr double rounding = 1e-10;

Rows first_rows(Eigen::Index count) {
  Rows rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

/// A kernel of full rank.
Eigen::MatrixXd rich_kernel(Eigen::Index count) {
  return random_cosines(count, 4).array().exp();
}

Eigen::MatrixXd some_targets(Eigen::Index count, Eigen::Index outputs) {
  return Eigen::ArrayXd::LinSpaced(count * outputs, 0, 20).sin().reshaped(count, outputs);
}

TEST(KernelRegression, IsRidgeRegressionOnExplicitFeatures) {
  const Eigen::Index count = 40;
  Eigen::MatrixXd features = Eigen::MatrixXd::Random(count, 12);
  const Eigen::MatrixXd targets = some_targets(count, 3);
  const Rows training{3, 7, 1, 20, 21, 39, 30, 12, 15, 25, 26, 28, 33, 35, 36};
  for (const double ridge : {0.1, 3.0}) {
    const Eigen::MatrixXd x = features(training, Eigen::all);
    const Eigen::MatrixXd normal = x.transpose() * x + ridge * Eigen::MatrixXd::Identity(12, 12);
    const Eigen::MatrixXd weights =
        normal.llt().solve(x.transpose() * targets(training, Eigen::all));
    const Eigen::MatrixXd squares = (features * weights - targets).array().square();
    double trained = 0;
    for (const auto row : training) trained += squares.row(row).sum();

    const auto error = kernel_regression(features * features.transpose(), targets, training, ridge);
    EXPECT_NEAR(error.pool, squares.mean(), rounding);
    EXPECT_NEAR(error.training, trained / (15 * 3), rounding);
    EXPECT_NEAR(error.unseen, (squares.sum() - trained) / (25 * 3), rounding);
  }
}

TEST(KernelRegression, InterpolatesWithoutARidge) {
  const auto error = kernel_regression(rich_kernel(30), some_targets(30, 2), first_rows(10), 0.0);
  EXPECT_LE(error.training, rounding);
  EXPECT_GT(error.unseen, 0.01);
  EXPECT_NEAR(error.pool, error.unseen * 20 / 30, rounding);
}

TEST(KernelRegression, HasNoUnseenErrorWhereAllPointsTrain) {
  const auto error = kernel_regression(rich_kernel(8), some_targets(8, 1), first_rows(8), 0.5);
  EXPECT_TRUE(std::isnan(error.unseen));
  EXPECT_DOUBLE_EQ(error.pool, error.training);
}

TEST(KernelRegression, GivesEqualInputsTheMeanOfTheirTargets) {
  Eigen::MatrixXd kernel = rich_kernel(6);
  kernel.row(1) = kernel.row(0);
  kernel.col(1) = kernel.col(0);
  Eigen::MatrixXd targets = some_targets(6, 1);
  targets(0) = 1;
  targets(1) = 0;
  const auto error = kernel_regression(kernel, targets, first_rows(4), 0.0);
  EXPECT_NEAR(error.training, (0.25 + 0.25) / 4, rounding);

  Eigen::MatrixXd merged_targets = targets.bottomRows(5);
  merged_targets(0) = 0.5;
  const Eigen::MatrixXd merged = kernel.bottomRightCorner(5, 5);
  EXPECT_NEAR(error.unseen, kernel_regression(merged, merged_targets, first_rows(3), 0.0).unseen,
              rounding);
}

TEST(KernelRegression, FitsAKernelOfLowRankByLeastSquares) {
  const Eigen::MatrixXd features = Eigen::MatrixXd::Random(50, 4);
  const Eigen::MatrixXd targets = some_targets(50, 2);
  const auto training = first_rows(20);
  const Eigen::MatrixXd x = features.topRows(20);
  const Eigen::MatrixXd weights = x.colPivHouseholderQr().solve(targets.topRows(20));
  const auto error = kernel_regression(features * features.transpose(), targets, training, 0.0);
  EXPECT_NEAR(error.pool, (features * weights - targets).squaredNorm() / 100, rounding);
}

TEST(KernelRegression, NamesWhatItCannotUse) {
  const auto message = [](const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets,
                          const Rows& training, double ridge) -> std::string {
    try {
      kernel_regression(kernel, targets, training, ridge);
    } catch (const model::InputError& error) {
      return error.what();
    }
    return "no error";
  };
  const Eigen::MatrixXd kernel = rich_kernel(4);
  const Eigen::MatrixXd targets = some_targets(4, 1);
  using testing::StartsWith;
  EXPECT_EQ(message(kernel, targets, {0, 1}, 0), "no error");
  EXPECT_THAT(message(kernel, targets, {}, 0), StartsWith("generalization.training_points = 0"));
  EXPECT_THAT(message(kernel, targets, {4}, 0), StartsWith("generalization.training_points = 4"));
  EXPECT_THAT(message(kernel, targets, {-1}, 0), StartsWith("generalization.training_points = -1"));
  EXPECT_THAT(message(kernel, targets, {2, 2}, 0),
              StartsWith("generalization.training_points = 2: is named twice"));
  EXPECT_THAT(message(kernel, targets, {0}, -1), StartsWith("generalization.ridge = -1"));
  EXPECT_THAT(message(kernel, targets, {0}, std::nan("")), StartsWith("generalization.ridge"));
  EXPECT_THAT(message(kernel, targets.topRows(3), {0}, 0), StartsWith("targets"));
  EXPECT_THAT(message(kernel, targets * std::numeric_limits<double>::infinity(), {0}, 0),
              StartsWith("targets"));
  EXPECT_THAT(message(kernel.topRows(3), targets, {0}, 0), StartsWith("kernel"));
}

}  // namespace
}  // namespace wideproof::theory
