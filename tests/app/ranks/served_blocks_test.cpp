// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/served_blocks.hpp>

#include <chrono>
#include <thread>

#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace wideproof::app {
namespace {

/// The first that a worker finishes of what is asked for.
ServedBlocks::Finished first_finished(ServedBlocks& blocks, const ComputeBlock& compute) {
  std::jthread worker([&] { blocks.work(compute); });
  auto finished = blocks.take_finished();
  while (!finished) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    finished = blocks.take_finished();
  }
  blocks.close();
  return *std::move(finished);
}

TEST(ServedBlocks, HandsOverTheBlockAskedFor) {
  ServedBlocks blocks;
  blocks.ask({.group = 1, .block = 7});
  const auto finished = first_finished(
      blocks, [](BlockName name) { return fmt::format("{} of {}", name.block, name.group); });
  EXPECT_FALSE(finished.failure);
  EXPECT_EQ(finished.name.group, 1);
  EXPECT_EQ(finished.name.block, 7);
  EXPECT_EQ(finished.result, "7 of 1");
}

TEST(ServedBlocks, HandsOverWhatComputingThrew) {
  ServedBlocks blocks;
  blocks.ask({.group = 0, .block = 0});
  const auto finished =
      first_finished(blocks, [](BlockName) -> std::string { throw std::logic_error("not today"); });
  ASSERT_TRUE(finished.failure);
  EXPECT_EQ(finished.failure->status, internal_error);
  EXPECT_THAT(finished.failure->message, testing::StartsWith("internal error: "));
}

}  // namespace
}  // namespace wideproof::app
