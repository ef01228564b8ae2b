// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/app/study/task_table.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// Runs the tasks of a study: independent pieces of work, each of which gives a few numbers. Order,
/// threads, help of other processes, progress, checkpoint and resume come with it.
///
/// The tasks are the blocks of one group of work, number 0, by their places in the table.
class TaskRun {
 public:
  struct Work {
    /// What task number i gives. From several threads at a time, on each of which LibTorch and BLAS
    /// are set to one thread; depends on i alone.
    std::function<TaskResult(std::size_t)> run;
    /// Its cost, positive, in units that compare.
    std::function<double(std::size_t)> cost;
    /// For the line of progress, such as "128 points, draw 1, kernel".
    std::function<std::string(std::size_t)> text;
    std::string tasks = "tasks";  ///< what they are called: "regressions"
  };

  TaskRun(TaskTable table, Work work);

  const TaskTable& table() const { return table_; }
  /// Of all tasks.
  double cost() const { return total_cost_; }
  void use_threads(int threads) { threads_ = threads; }
  int threads() const { return threads_; }
  void take_help(RemoteBlocks* remote) { remote_ = remote; }

  /// How many tasks run at a time here.
  int workers() const;

  /// A task's result as bytes, to be put by the process that asked.
  std::string compute(std::size_t task) const;

  /// StudyRun::advance() for a run of `experiment` that has read `files`.
  bool advance(const model::Experiment& experiment, const std::vector<model::ReadFile>& files,
               const RunFolder& folder, const GoOn& go_on);

  /// The same from the beginning, without a folder and so without checkpoints.
  bool run(const GoOn& go_on);

  /// After advance() or run() has returned true.
  const TaskState& state() const { return state_; }

 private:
  RunProgress progress_after(std::size_t task) const;
  std::vector<std::size_t> missing_tasks() const;
  bool run_missing(const GoOn& go_on);

  TaskTable table_;
  Work work_;
  std::vector<double> costs_;
  double total_cost_ = 0.0;
  int threads_ = 1;
  RemoteBlocks* remote_ = nullptr;
  TaskState state_;
  double cost_left_ = 0.0;
  std::size_t done_ = 0;
};

}  // namespace wideproof::app
