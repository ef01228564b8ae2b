// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/mpi_messages.hpp>

#include <limits>

#include <gmock/gmock.h>

namespace wideproof::app {
namespace {

TEST(MpiMessages, CarryABlockBitForBit) {
  const Eigen::VectorXd mean =
      Eigen::Vector3d(1. / 3, -0., std::numeric_limits<double>::denorm_min());
  const Eigen::VectorXd squares = Eigen::Vector3d(1e300, 2. / 3, 0);
  using sim::RowTable;
  const sim::WidthSample sent({3, mean, squares},
                              {RowTable(2, {1e-300, .1, .2, .3, .4, .5}), RowTable(0),
                               RowTable(2, {7., 1. / 7}), RowTable(2)});
  const auto read = read_block_result(to_bytes(BlockResult{{2, 5000000000}, sent}));
  EXPECT_EQ(read.name.width, 2);
  EXPECT_EQ(read.name.block, 5000000000);
  EXPECT_EQ(read.sample, sent);
  EXPECT_TRUE(std::signbit(read.sample.moments().mean()(1)));
}

TEST(MpiMessages, CarryWhatARankPrepared) {
  const auto read = read_hello(to_bytes(Hello{{}, {{"experiment", 4294967295}}, {4, 1}}));
  EXPECT_EQ(read.failure.status, 0);
  EXPECT_EQ(read.prepared, (Prepared{{"experiment", 4294967295}}));
  EXPECT_EQ(read.workers, (std::vector<int>{4, 1}));
  EXPECT_EQ(read_status(to_bytes(130)), 130);
}

TEST(MpiMessages, CarryAFailureThatQuotesBytesWhichAreNoText) {
  const auto read = read_failure(to_bytes(Failure{2, "x = \"\xff\": is no number"}));
  EXPECT_EQ(read.status, 2);
  EXPECT_THAT(read.message, testing::EndsWith(": is no number"));
}

}  // namespace
}  // namespace wideproof::app
