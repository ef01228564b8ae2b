// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/input_order.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <gmock/gmock.h>

namespace wideproof::sim {
namespace {

using Order = std::vector<Eigen::Index>;

using By = InputOrder::By;

Order order_of(const Eigen::MatrixXd& vectors, By by) {
  return InputOrder(vectors * vectors.transpose(), by)();
}

Eigen::MatrixXd at_angles(const std::vector<double>& degrees) {
  Eigen::MatrixXd vectors(std::ssize(degrees), 2);
  for (Eigen::Index a = 0; a < vectors.rows(); ++a) {
    const double angle = degrees[static_cast<std::size_t>(a)] * std::numbers::pi / 180;
    vectors.row(a) << std::cos(angle), std::sin(angle);
  }
  return vectors;
}

TEST(InputOrder, PutsInputsThatNearlyCoincideLast) {
  const auto vectors = at_angles({0, 1e-4, 90, 45, 90.001});
  for (const auto by : {By::pivots, By::distances}) {
    EXPECT_EQ(order_of(vectors, by), (Order{0, 2, 3, 4, 1}));
  }
}

TEST(InputOrder, SpendsTheRankFirstByPivots) {
  Eigen::MatrixXd vectors(4, 3);
  vectors << 1, 0, 0, 0, 1, 0, -.6, -.8, 0, .8, .36, .48;
  EXPECT_EQ(order_of(vectors, By::pivots), (Order{0, 1, 3, 2}));
  EXPECT_EQ(order_of(vectors, By::distances), (Order{0, 1, 2, 3}));
}

TEST(InputOrder, PutsTwinsAtTheEndByNumber) {
  const auto vectors = at_angles({10, 10, 190, 100, 10, 70});
  EXPECT_EQ(order_of(vectors, By::pivots), (Order{0, 3, 2, 5, 1, 4}));
  EXPECT_EQ(order_of(vectors, By::distances), (Order{0, 2, 3, 5, 1, 4}));
}

/// sin² of 45°, 90° and 135° is ½, 1 and ½; 1 − c of 90°, 135° and 180° is 1, 1.7 and 2: all are as
/// good as the largest.
TEST(InputOrder, TakesTheFirstOfThoseThatTie) {
  const std::vector<double> circle = {0, 45, 90, 135, 180, 225, 270, 315};
  for (const auto by : {By::pivots, By::distances}) {
    const auto expected = order_of(at_angles(circle), by);
    EXPECT_EQ(expected.front(), 0);
    EXPECT_EQ(expected[1], by == By::pivots ? 1 : 2);
    for (const double rounding : {1e-13, -1e-13, 3e-14}) {
      auto moved = circle;
      for (std::size_t i = 0; i < moved.size(); i += 2) moved[i] += rounding;
      for (std::size_t i = 1; i < moved.size(); i += 3) moved[i] -= rounding;
      EXPECT_EQ(order_of(at_angles(moved), by), expected);
    }
  }
}

TEST(InputOrder, IsThatOfTheDirections) {
  for (const auto by : {By::pivots, By::distances}) {
    Eigen::MatrixXd vectors = at_angles({0, 20, 80, 81});
    const auto expected = order_of(vectors, by);
    vectors.row(0) *= 1e-5;
    vectors.row(3) *= 1e3;
    EXPECT_EQ(order_of(vectors, by), expected);
  }
}

}  // namespace
}  // namespace wideproof::sim
