// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/point_pool.hpp>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <latch>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>

namespace wideproof::app {
namespace {

using testing::ElementsAre;

std::vector<PointPool::Point> points(std::size_t count) {
  return std::vector<PointPool::Point>(count);
}

const auto go_on = [](const PointPool::Progress&) { return true; };

/// The threads of points that all run at the same time, most first.
std::vector<int> threads_of(std::size_t count, int threads, int most_at_a_time = 100) {
  PointPool pool(points(count), threads, most_at_a_time);
  std::vector<int> given;
  std::mutex mutex;
  std::latch all_run(pool.at_a_time());
  EXPECT_TRUE(pool.run(
      [&](std::size_t point, const PointPool::PointRun& running) {
        if (point < static_cast<std::size_t>(pool.at_a_time())) {
          const std::lock_guard lock(mutex);
          given.push_back(running.threads());
          all_run.count_down();
        }
        all_run.wait();
        return true;
      },
      go_on));
  std::sort(given.rbegin(), given.rend());
  return given;
}

TEST(PointPool, GivesEachPointOneThreadWhereThereAreAsManyPoints) {
  EXPECT_THAT(threads_of(10, 4), ElementsAre(1, 1, 1, 1));
  EXPECT_THAT(threads_of(4, 4), ElementsAre(1, 1, 1, 1));
}

TEST(PointPool, SharesOutTheThreadsAmongFewerPoints) {
  EXPECT_THAT(threads_of(3, 8), ElementsAre(3, 3, 2));
  EXPECT_THAT(threads_of(1, 8), ElementsAre(8));
  EXPECT_THAT(threads_of(10, 8, 3), ElementsAre(3, 3, 2));
  EXPECT_THAT(threads_of(10, 8, 1), ElementsAre(8));
}

TEST(PointPool, StartsEachPointOnceAndInOrder) {
  PointPool pool(points(50), 3, 100);
  std::vector<std::size_t> started;
  std::mutex mutex;
  EXPECT_TRUE(pool.run(
      [&](std::size_t point, const PointPool::PointRun&) {
        const std::lock_guard lock(mutex);
        started.push_back(point);
        return true;
      },
      go_on));
  ASSERT_EQ(started.size(), 50);
  // Two of three that start together may note it either way round.
  for (std::size_t i = 0; i < 50; ++i) EXPECT_LE(started[i], i + 2);
  std::sort(started.begin(), started.end());
  std::vector<std::size_t> each(50);
  std::iota(each.begin(), each.end(), 0);
  EXPECT_EQ(started, each);
}

TEST(PointPool, TellsHowFarAllPointsHaveCome) {
  PointPool pool({{.work = 1, .is_done = true}, {.work = 3}, {.work = 4}}, 1, 1);
  std::vector<double> fractions;
  std::vector<std::size_t> done;
  EXPECT_TRUE(
      pool.run([&](std::size_t, const PointPool::PointRun& running) { return running.report(0.5); },
               [&](const PointPool::Progress& progress) {
                 EXPECT_EQ(progress.points, 3);
                 EXPECT_GT(progress.points_per_second, 0);
                 fractions.push_back(progress.fraction);
                 done.push_back(progress.points_done);
                 return true;
               }));
  EXPECT_THAT(fractions, ElementsAre(2.5 / 8, 4.0 / 8, 6.0 / 8, 1.0));
  EXPECT_THAT(done, ElementsAre(1, 2, 2, 3));
}

TEST(PointPool, LeavesOutPointsThatAreDone) {
  PointPool pool({{.is_done = true}, {}, {.is_done = true}}, 4, 100);
  EXPECT_EQ(pool.at_a_time(), 1);
  std::vector<std::size_t> run;
  const auto note = [&](std::size_t point, const PointPool::PointRun& running) {
    run.push_back(point);
    EXPECT_EQ(running.threads(), 4);
    return true;
  };
  EXPECT_TRUE(pool.run(note, go_on));
  EXPECT_THAT(run, ElementsAre(1));
  PointPool none({{.is_done = true}}, 4, 100);
  EXPECT_EQ(none.at_a_time(), 0);
  EXPECT_TRUE(none.run(note, go_on));
  EXPECT_THAT(run, ElementsAre(1));
}

TEST(PointPool, TellsRunningPointsToStopAndStartsNoMore) {
  PointPool pool(points(9), 2, 100);
  std::atomic<int> started = 0;
  std::atomic<int> saved = 0;
  std::barrier both(2);
  EXPECT_FALSE(pool.run(
      [&](std::size_t, const PointPool::PointRun& running) {
        ++started;
        both.arrive_and_wait();  // each has a point now
        while (running.report(0.1)) {
        }
        ++saved;
        return false;
      },
      [](const PointPool::Progress&) { return false; }));
  EXPECT_EQ(started, 2);
  EXPECT_EQ(saved, 2);
}

TEST(PointPool, APointThatStopsByItselfStopsTheOthers) {
  PointPool pool(points(9), 2, 100);
  std::atomic<int> started = 0;
  std::barrier both(2);
  EXPECT_FALSE(pool.run(
      [&](std::size_t point, const PointPool::PointRun& running) {
        ++started;
        both.arrive_and_wait();
        while (point != 0 && running.report(0.1)) {
        }
        return false;
      },
      go_on));
  EXPECT_EQ(started, 2);
}

TEST(PointPool, RethrowsTheFirstExceptionAfterTheOthersHaveEnded) {
  for (const int threads : {1, 2}) {
    PointPool pool(points(9), threads, 100);
    std::atomic<int> started = 0;
    std::atomic<int> ended = 0;
    std::barrier all(threads);
    const auto run = [&](std::size_t point, const PointPool::PointRun& running) {
      ++started;
      all.arrive_and_wait();
      if (point == 0) throw std::runtime_error("the first");
      while (running.report(0.1)) {
      }
      ++ended;
      throw std::runtime_error("a later one");
      return true;
    };
    try {
      pool.run(run, go_on);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "the first");
    }
    EXPECT_EQ(started, threads);
    EXPECT_EQ(ended, threads - 1);
  }
}

TEST(PointPool, SaysItsProgressInWords) {
  const auto words = [](double rate) {
    return run_progress({.points_done = 3, .points = 12, .fraction = .3, .points_per_second = rate})
        .text;
  };
  EXPECT_EQ(words(2.5), "3 of 12 points, 2.5 a second");
  EXPECT_EQ(words(0.07), "3 of 12 points, 4.2 a minute");
  EXPECT_EQ(words(0.001), "3 of 12 points, 3.6 an hour");
}

}  // namespace
}  // namespace wideproof::app
