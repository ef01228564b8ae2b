// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/mpi_messages.hpp>

#include <limits>

#include <gmock/gmock.h>

namespace wideproof::app {
namespace {

TEST(MpiMessages, CarryABlockByteForByte) {
  const std::string sent("\0\xff of any bytes\0", 18);
  const auto read = read_block_result(to_bytes(BlockResult{{2, 5000000000}, sent}));
  EXPECT_EQ(read.name.group, 2);
  EXPECT_EQ(read.name.block, 5000000000);
  EXPECT_EQ(read.bytes, sent);
  EXPECT_EQ(read_block_result(to_bytes(BlockResult{{0, 1}, ""})).bytes, "");
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
