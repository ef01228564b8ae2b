// SPDX-License-Identifier: MIT
#include <wideproof/app/study/parallel_tasks.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
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
      first(100), 3,
      [&](std::size_t i) {
        ++runs[i];
        return TaskResult{static_cast<double>(i)};
      },
      [&](std::size_t i, const TaskResult& result) {
        EXPECT_EQ(result.at(0), static_cast<double>(i));
        ++done;
        return true;
      }));
  EXPECT_EQ(done, 100U);
  for (const auto& count : runs) EXPECT_EQ(count, 1);
}

TEST(ParallelTasks, BeginInTheOrderAskedFor) {
  std::vector<std::size_t> begun;
  run_in_parallel(
      {2, 0, 1}, 1,
      [&](std::size_t i) {
        begun.push_back(i);
        return TaskResult();
      },
      [](std::size_t, const TaskResult&) { return true; });
  EXPECT_EQ(begun, (std::vector<std::size_t>{2, 0, 1}));
}

TEST(ParallelTasks, BeginNoFurtherWhenToldToStop) {
  std::atomic<int> begun = 0;
  EXPECT_FALSE(run_in_parallel(
      first(100), 2,
      [&](std::size_t) {
        ++begun;
        return TaskResult();
      },
      [](std::size_t, const TaskResult&) { return false; }));
  EXPECT_LE(begun, 3);
}

TEST(ParallelTasks, PassOnWhatOneThrows) {
  std::atomic<int> begun = 0;
  EXPECT_THROW(run_in_parallel(
                   first(1000), 2,
                   [&](std::size_t i) {
                     ++begun;
                     if (i == 3) throw std::runtime_error("three");
                     std::this_thread::sleep_for(std::chrono::microseconds(100));
                     return TaskResult();
                   },
                   [](std::size_t, const TaskResult&) { return true; }),
               std::runtime_error);
  EXPECT_LT(begun, 1000);
}

/// Another process, in which a task gives its number.
class Elsewhere final : public RemoteBlocks {
 public:
  int count(std::size_t) const override { return 1; }
  void work(std::size_t group, BlockQueue& queue) override {
    EXPECT_EQ(group, 0U);
    while (const auto task = queue.try_take()) {
      ++taken;
      queue.put(*task, std::to_string(*task));
    }
  }
  std::atomic<int> taken = 0;
};

TEST(ParallelTasks, AreComputedElsewhereToo) {
  Elsewhere elsewhere;
  std::vector<double> results(200, -1.0);
  EXPECT_TRUE(run_in_parallel(
      first(200), 1,
      [&](std::size_t i) {
        // Else one thread may have done them all before the other has begun.
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (elsewhere.taken == 0 && std::chrono::steady_clock::now() < deadline)
          std::this_thread::yield();
        return TaskResult{static_cast<double>(i)};
      },
      [&](std::size_t i, const TaskResult& result) {
        results[i] = result.at(0);
        return true;
      },
      {.remote = &elsewhere,
       .read = [](const std::string& bytes) { return TaskResult{std::stod(bytes)}; }}));
  EXPECT_GT(elsewhere.taken, 0);
  for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i], static_cast<double>(i));
}

TEST(ParallelTasks, AreDoneWhereThereAreNone) {
  EXPECT_TRUE(run_in_parallel(
      {}, 4, [](std::size_t) -> TaskResult { throw std::logic_error("there is none"); },
      [](std::size_t, const TaskResult&) { return true; }));
}

}  // namespace
}  // namespace wideproof::app
