// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/sample_bytes.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace wideproof::app {
namespace {

TEST(SampleBytes, CarryASampleBitForBit) {
  const Eigen::VectorXd mean =
      Eigen::Vector3d(1. / 3, -0., std::numeric_limits<double>::denorm_min());
  const Eigen::VectorXd squares = Eigen::Vector3d(1e300, 2. / 3, 0);
  using sim::RowTable;
  const sim::WidthSample sent(
      {3, mean, squares},
      {RowTable(2, {1e-300, .1, .2, .3, .4, .5}), RowTable(0), RowTable(2, {7., 1. / 7}),
       RowTable(2), RowTable(3, {1. / 3, 0., 2.}), RowTable(1, {.25, .5, 1.})});
  const auto read = read_sample(to_bytes(sent));
  EXPECT_EQ(read, sent);
  EXPECT_TRUE(std::signbit(read.moments().mean()(1)));
}

}  // namespace
}  // namespace wideproof::app
