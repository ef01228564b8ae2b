// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
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

    /// How far a task has come, of 1, and a word on it, such as "step 20 of 100"; false: stop.
    using PartGoesOn = std::function<bool(double fraction, std::string_view text)>;
    /// As run(), of a task that takes long: it goes on from `saved`, begins where that is empty,
    /// and where it is told to stop gives no result and leaves in `saved` what it needs to go on
    /// with the same bits. Empty where tasks are short.
    std::function<std::optional<TaskResult>(std::size_t, std::string& saved, const PartGoesOn&)>
        run_in_parts = {};
    /// Whether task number i can save what it has done. One that cannot begins again after a stop,
    /// and no checkpoint stops it. Empty: all can.
    std::function<bool(std::size_t)> can_be_saved = {};
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
  using Clock = std::chrono::steady_clock;
  RunProgress progress_after(std::size_t task) const;
  RunProgress progress_within(std::size_t task, double fraction, std::string_view text);
  std::vector<std::size_t> missing_tasks() const;
  bool run_missing(const GoOn& go_on);
  std::optional<TaskResult> run_in_parts(std::size_t task, const GoOn& go_on);
  bool part_goes_on(std::size_t task, double fraction, std::string_view text, const GoOn& go_on,
                    Clock::time_point began);

  TaskTable table_;
  Work work_;
  std::vector<double> costs_;
  double total_cost_ = 0.0;
  int threads_ = 1;
  RemoteBlocks* remote_ = nullptr;
  TaskState state_;
  TaskParts parts_;
  std::map<std::size_t, double> fractions_;  ///< of the tasks that run in parts
  std::mutex telling_;                       ///< of what is below, and of GoOn
  bool is_stopped_ = false;
  Clock::time_point told_{};
  /// Between checkpoints, and what writes one; none where there is no folder.
  std::chrono::duration<double> between_{};
  std::function<void()> save_;
  double cost_left_ = 0.0;
  std::size_t done_ = 0;
};

}  // namespace wideproof::app
