// SPDX-License-Identifier: MIT
#include <wideproof/app/study/task_run.hpp>

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <wideproof/app/experiment/experiment_file.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

constexpr std::size_t tasks = 3;
constexpr int steps = 200;

TaskTable table_of_counts() {
  TaskTable table{.schema = "test/1",
                  .path = "/counts",
                  .description = "a row for each",
                  .units = "none",
                  .name_columns = {"number"},
                  .result_columns = {"count"},
                  .names = {}};
  for (std::size_t i = 0; i < tasks; ++i) table.names.push_back({static_cast<double>(i)});
  return table;
}

/// Tasks that count to 200, and remember where they were stopped.
class TaskParts : public Runs {
 protected:
  std::unique_ptr<TaskRun> counting(const std::function<bool(std::size_t)>& can_be_saved = {}) {
    TaskRun::Work work{.run = nullptr,
                       .cost = [](std::size_t) { return 1.0; },
                       .text = [](std::size_t i) { return "count " + std::to_string(i); },
                       .tasks = "counts"};
    work.can_be_saved = can_be_saved;
    work.run_in_parts = [this, can_be_saved](
                            std::size_t i, std::string& saved,
                            const TaskRun::Work::PartGoesOn& go_on) -> std::optional<TaskResult> {
      int count = saved.empty() ? 0 : std::stoi(saved);
      if (!saved.empty()) ++resumed;
      while (count < steps) {
        ++count;
        ++steps_taken;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (!go_on(static_cast<double>(count) / steps, "step " + std::to_string(count))) {
          if (!can_be_saved || can_be_saved(i)) saved = std::to_string(count);
          return std::nullopt;
        }
      }
      return TaskResult{static_cast<double>(100 * i) + count};
    };
    return std::make_unique<TaskRun>(table_of_counts(), work);
  }

  static model::Experiment experiment(double checkpoint_seconds) {
    return parse_experiment(
        "[study]\nname = \"parts\"\n", "test",
        {"simulation.checkpoint_seconds=" + std::to_string(checkpoint_seconds)});
  }
  static void expect_counts(const TaskRun& run) {
    for (std::size_t i = 0; i < tasks; ++i) {
      ASSERT_TRUE(run.state()[i]);
      EXPECT_EQ(run.state()[i]->at(0), static_cast<double>(100 * i + steps));
    }
  }

  std::atomic<int> steps_taken = 0;
  std::atomic<int> resumed = 0;
};

TEST_F(TaskParts, GoOnWhereTheyWereStopped) {
  const RunFolder folder(path("run"));
  const auto lock = folder.lock();
  const auto experiment_of_test = experiment(60);
  {
    const auto run = counting();
    run->use_threads(2);
    std::string told;
    EXPECT_FALSE(run->advance(experiment_of_test, {}, folder, [&](const RunProgress& progress) {
      told = progress.text;
      EXPECT_LE(progress.fraction, 1.0);
      return false;
    }));
    EXPECT_THAT(told, testing::ContainsRegex("count [01], step [0-9]+: 0 of 3 counts"));
  }
  const int before = steps_taken;
  EXPECT_LT(before, 2 * steps);
  const auto run = counting();
  EXPECT_TRUE(run->advance(experiment_of_test, {}, folder, [](const auto&) { return true; }));
  EXPECT_EQ(steps_taken, static_cast<int>(tasks) * steps);
  EXPECT_GE(resumed, 1);
  expect_counts(*run);
}

TEST_F(TaskParts, LeaveCheckpointsOnTheirWay) {
  const RunFolder folder(path("run"));
  const auto lock = folder.lock();
  const auto run = counting();
  bool was_there = false;
  EXPECT_TRUE(run->advance(experiment(0.1), {}, folder, [&](const auto&) {
    was_there = was_there || folder.holds("checkpoint.h5");
    return true;
  }));
  EXPECT_TRUE(was_there);
  EXPECT_EQ(steps_taken, static_cast<int>(tasks) * steps);
  EXPECT_GE(resumed, 2);
  expect_counts(*run);
}

/// Where nothing can be saved, a checkpoint's stop would be a beginning anew, for ever.
TEST_F(TaskParts, AreNotStoppedForCheckpointsThatCannotHoldThem) {
  const RunFolder folder(path("run"));
  const auto lock = folder.lock();
  const auto run = counting([](std::size_t i) { return i == 0; });
  EXPECT_TRUE(run->advance(experiment(0.1), {}, folder, [&](const auto&) {
    return steps_taken < 2 * static_cast<int>(tasks) * steps;
  }));
  EXPECT_EQ(steps_taken, static_cast<int>(tasks) * steps);
  EXPECT_GE(resumed, 1);
  expect_counts(*run);
}

TEST_F(TaskParts, NeedNoFolder) {
  const auto run = counting();
  run->use_threads(3);
  EXPECT_TRUE(run->run([](const auto&) { return true; }));
  EXPECT_EQ(resumed, 0);
  expect_counts(*run);
  EXPECT_FALSE(run->run([](const auto&) { return false; }));
}

}  // namespace
}  // namespace wideproof::app
