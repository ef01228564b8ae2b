// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/ordered_blocks.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

std::int64_t itself(std::int64_t block) {
  return block;
}

const auto take_all = [](std::int64_t) { return true; };

TEST(OrderedBlocks, MergesInOrderWhateverEachBlockTakes) {
  for (const int threads : {1, 2, 3, 8}) {
    std::vector<std::int64_t> merged;
    const auto slow_where_even = [](std::int64_t block) {
      if (block % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      return block;
    };
    EXPECT_TRUE(run_ordered_blocks(20, threads, slow_where_even, [&](const auto& block) {
      merged.push_back(block);
      return true;
    }));
    ASSERT_EQ(merged.size(), 20U) << threads;
    for (std::int64_t i = 0; i < 20; ++i) EXPECT_EQ(merged[static_cast<std::size_t>(i)], i);
  }
}

TEST(OrderedBlocks, ComputesOnSeveralThreads) {
  std::atomic<int> arrived = 0;
  const auto wait_for_the_other = [&](std::int64_t block) {
    ++arrived;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(10);
    while (arrived < 2 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return block;
  };
  EXPECT_TRUE(
      run_ordered_blocks(2, 2, wait_for_the_other, [&](const auto&) { return arrived == 2; }));
}

TEST(OrderedBlocks, MergesNothingMoreOnceToldToStop) {
  for (const int threads : {1, 3}) {
    std::atomic<int> computed = 0;
    int merged = 0;
    const auto count = [&](std::int64_t block) {
      ++computed;
      return block;
    };
    EXPECT_FALSE(
        run_ordered_blocks(1000, threads, count, [&](const auto&) { return ++merged < 5; }));
    EXPECT_EQ(merged, 5);
    EXPECT_LT(computed, 100);
  }
}

TEST(OrderedBlocks, HoldsOnlyAFewBlocksForASlowOne) {
  std::atomic<std::int64_t> furthest = 0;
  const auto first_is_slow = [&](std::int64_t block) {
    if (block == 0) std::this_thread::sleep_for(std::chrono::milliseconds(200));
    if (block > furthest) furthest = block;
    return block;
  };
  std::int64_t furthest_at_first_merge = -1;
  run_ordered_blocks(1000, 2, first_is_slow, [&](const auto&) {
    if (furthest_at_first_merge < 0) furthest_at_first_merge = furthest;
    return true;
  });
  EXPECT_LE(furthest_at_first_merge, 8);
  EXPECT_EQ(furthest, 999);
}

TEST(OrderedBlocks, RethrowsWhatAWorkerThrows) {
  const auto fails = [](std::int64_t block) {
    if (block == 7) throw std::domain_error("block 7");
    return block;
  };
  for (const int threads : {1, 2, 3}) {
    EXPECT_THROW(run_ordered_blocks(1000, threads, fails, take_all), std::domain_error);
  }
}

TEST(OrderedBlocks, RethrowsWhatTheMergeThrows) {
  const auto refuse = [](const auto&) -> bool { throw std::domain_error("no"); };
  for (const int threads : {1, 3}) {
    EXPECT_THROW(run_ordered_blocks(1000, threads, itself, refuse), std::domain_error);
  }
}

TEST(OrderedBlocks, NoBlocksAreDoneAtOnce) {
  EXPECT_TRUE(run_ordered_blocks(0, 2, itself, [](const auto&) { return false; }));
}

}  // namespace
}  // namespace wideproof::sim
