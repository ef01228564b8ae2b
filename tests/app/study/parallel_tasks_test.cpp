// SPDX-License-Identifier: MIT
#include <wideproof/app/study/parallel_tasks.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace wideproof::app {
namespace {

std::vector<std::size_t> first(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  return order;
}

TEST(ParallelTasks, RunEachOnce) {
  std::vector<std::atomic<int>> runs(100);
  std::size_t done = 0;
  EXPECT_TRUE(run_in_parallel(
      first(100), 3, [&](std::size_t i) { ++runs[i]; },
      [&](std::size_t) {
        ++done;
        return true;
      }));
  EXPECT_EQ(done, 100U);
  for (const auto& count : runs) EXPECT_EQ(count, 1);
}

TEST(ParallelTasks, BeginInTheOrderAskedFor) {
  std::vector<std::size_t> begun;
  run_in_parallel(
      {2, 0, 1}, 1, [&](std::size_t i) { begun.push_back(i); }, [](std::size_t) { return true; });
  EXPECT_EQ(begun, (std::vector<std::size_t>{2, 0, 1}));
}

TEST(ParallelTasks, BeginNoFurtherWhenToldToStop) {
  std::atomic<int> begun = 0;
  EXPECT_FALSE(run_in_parallel(
      first(100), 2, [&](std::size_t) { ++begun; }, [](std::size_t) { return false; }));
  EXPECT_LE(begun, 3);
}

TEST(ParallelTasks, PassOnWhatOneThrows) {
  std::atomic<int> begun = 0;
  EXPECT_THROW(run_in_parallel(
                   first(1000), 2,
                   [&](std::size_t i) {
                     ++begun;
                     if (i == 3) throw std::runtime_error("three");
                   },
                   [](std::size_t) { return true; }),
               std::runtime_error);
  EXPECT_LT(begun, 1000);
}

TEST(ParallelTasks, AreDoneWhereThereAreNone) {
  EXPECT_TRUE(run_in_parallel(
      {}, 4, [](std::size_t) { FAIL(); }, [](std::size_t) { return true; }));
}

}  // namespace
}  // namespace wideproof::app
