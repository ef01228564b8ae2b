// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/trained_readout.hpp>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <Eigen/Dense>

#include <wideproof/model/input_error.hpp>

namespace wideproof::sim {
namespace {

using Rows = std::vector<Eigen::Index>;

/// Double rounding through matrices of condition 1e4 or less.
constexpr double readout_rounding = 1e-9;

const Rows training{3, 7, 1, 20, 21, 39, 30, 12, 15, 25, 26, 28, 33, 35, 36};

/// Activations of `width` neurons on 40 inputs, one a row, over √n.
Eigen::MatrixXd features(Eigen::Index width) {
  return Eigen::ArrayXd::LinSpaced(40 * width, 1, 400).square().sin().reshaped(40, width).matrix() /
         std::sqrt(static_cast<double>(width));
}

Eigen::MatrixXd targets() {
  return Eigen::ArrayXd::LinSpaced(120, 0, 20).sin().reshaped(40, 3);
}

void expect_errors_of(const Eigen::MatrixXd& x, const Eigen::MatrixXd& weights,
                      const model::RegressionError& error) {
  const Eigen::VectorXd squares = (x * weights - targets()).rowwise().squaredNorm() / 3;
  double trained = 0;
  for (const auto row : training) trained += squares(row);
  EXPECT_NEAR(error.pool, squares.mean(), readout_rounding);
  EXPECT_NEAR(error.training, trained / 15, readout_rounding);
  EXPECT_NEAR(error.unseen, (squares.sum() - trained) / 25, readout_rounding);
}

TEST(TrainedReadout, IsRidgeRegressionOnTheActivations) {
  for (const Eigen::Index width : {6, 30}) {
    const Eigen::MatrixXd x = features(width);
    const Eigen::MatrixXd seen = x(training, Eigen::all);
    const Eigen::MatrixXd normal =
        seen.transpose() * seen + 0.2 * Eigen::MatrixXd::Identity(width, width);
    const Eigen::MatrixXd weights =
        normal.llt().solve(seen.transpose() * targets()(training, Eigen::all));
    expect_errors_of(x, weights, trained_readout(x * x.transpose(), targets(), training, 0.2));
  }
}

TEST(TrainedReadout, HasTheSmallestWeightsThatInterpolate) {
  const Eigen::MatrixXd x = features(30);
  const Eigen::MatrixXd seen = x(training, Eigen::all);
  const Eigen::MatrixXd weights = seen.completeOrthogonalDecomposition().solve(
      Eigen::MatrixXd(targets()(training, Eigen::all)));
  const auto error = trained_readout(x * x.transpose(), targets(), training, 0.0);
  expect_errors_of(x, weights, error);
  EXPECT_LE(error.training, readout_rounding);
}

TEST(TrainedReadout, IsLeastSquaresWhereNeuronsAreFewerThanPoints) {
  const Eigen::MatrixXd x = features(6);
  const Eigen::MatrixXd seen = x(training, Eigen::all);
  const Eigen::MatrixXd weights =
      seen.colPivHouseholderQr().solve(Eigen::MatrixXd(targets()(training, Eigen::all)));
  const auto error = trained_readout(x * x.transpose(), targets(), training, 0.0);
  expect_errors_of(x, weights, error);
  EXPECT_GT(error.training, 0.01);
}

TEST(TrainedReadout, OfADeadLayerPredictsNothing) {
  const auto error = trained_readout(Eigen::MatrixXd::Zero(40, 40), targets(), training, 0.0);
  EXPECT_NEAR(error.pool, targets().squaredNorm() / 120, readout_rounding);
}

TEST(TrainedReadout, HasNoUnseenErrorWhereAllPointsTrain) {
  Rows all(40);
  std::iota(all.begin(), all.end(), 0);
  const Eigen::MatrixXd x = features(30);
  const auto error = trained_readout(x * x.transpose(), targets(), all, 0.1);
  EXPECT_TRUE(std::isnan(error.unseen));
  EXPECT_NEAR(error.pool, error.training, readout_rounding);
}

TEST(TrainedReadout, NamesWhatItCannotUse) {
  const auto message = [](const Eigen::MatrixXd& y, const Rows& rows, double ridge) -> std::string {
    try {
      trained_readout(Eigen::MatrixXd::Identity(40, 40), y, rows, ridge);
    } catch (const model::InputError& error) {
      return error.what();
    }
    return "no error";
  };
  using ::testing::StartsWith;
  EXPECT_EQ(message(targets(), {0}, 0), "no error");
  EXPECT_THAT(message(targets(), {}, 0), StartsWith("generalization.training_points = 0"));
  EXPECT_THAT(message(targets(), {40}, 0), StartsWith("generalization.training_points = 40"));
  EXPECT_THAT(message(targets(), {2, 2}, 0),
              StartsWith("generalization.training_points = 2: is named twice"));
  EXPECT_THAT(message(targets(), {0}, -1), StartsWith("generalization.ridge = -1"));
  EXPECT_THAT(message(targets().topRows(3), {0}, 0), StartsWith("targets"));
  EXPECT_THAT(message(targets() * std::nan(""), {0}, 0), StartsWith("targets"));
}

}  // namespace
}  // namespace wideproof::sim
