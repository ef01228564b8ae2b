// SPDX-License-Identifier: MIT
#include <wideproof/app/study/task_run.hpp>

#include <algorithm>
#include <cstring>
#include <numeric>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/study/parallel_tasks.hpp>

namespace wideproof::app {
namespace {

std::string to_bytes(const TaskResult& result) {
  std::string bytes(result.size() * sizeof(double), '\0');
  if (!result.empty()) std::memcpy(bytes.data(), result.data(), bytes.size());
  return bytes;
}

TaskResult from_bytes(const std::string& bytes) {
  TaskResult result(bytes.size() / sizeof(double));
  if (!result.empty()) std::memcpy(result.data(), bytes.data(), bytes.size());
  return result;
}

}  // namespace

TaskRun::TaskRun(TaskTable table, Work work)
    : table_(std::move(table)), work_(std::move(work)), state_(table_.size()) {
  for (std::size_t i = 0; i < table_.size(); ++i) costs_.push_back(work_.cost(i));
  total_cost_ = std::accumulate(costs_.begin(), costs_.end(), 0.0);
}

int TaskRun::workers() const {
  return static_cast<int>(std::min(static_cast<std::size_t>(threads_), table_.size()));
}

std::string TaskRun::compute(std::size_t task) const {
  return to_bytes(work_.run(task));
}

std::vector<std::size_t> TaskRun::missing_tasks() const {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < table_.size(); ++i)
    if (!state_[i]) order.push_back(i);
  // The longest first, so that all threads end at about the same time.
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return costs_[a] > costs_[b]; });
  return order;
}

RunProgress TaskRun::progress_after(std::size_t task) const {
  return {
      .fraction = 1 - cost_left_ / total_cost_,
      .block_work = costs_[task],
      .next_block_work = done_ < table_.size() ? costs_[task] : 0.0,
      .text = fmt::format("{}: {} of {} {}", work_.text(task), done_, table_.size(), work_.tasks),
      .stage = 0,
      .done = static_cast<std::int64_t>(done_)};
}

bool TaskRun::run_missing(const GoOn& go_on) {
  const auto order = missing_tasks();
  done_ = table_.size() - order.size();
  cost_left_ = std::accumulate(order.begin(), order.end(), 0.0,
                               [&](double sum, std::size_t i) { return sum + costs_[i]; });
  const auto put = [&](std::size_t i, TaskResult result) {
    state_[i] = std::move(result);
    cost_left_ -= costs_[i];
    ++done_;
    return go_on(progress_after(i));
  };
  return run_in_parallel(order, threads_, [&](std::size_t i) { return work_.run(i); }, put,
                         {.remote = remote_, .read = from_bytes});
}

bool TaskRun::run(const GoOn& go_on) {
  state_ = TaskState(table_.size());
  return run_missing(go_on);
}

bool TaskRun::advance(const model::Experiment& experiment,
                      const std::vector<model::ReadFile>& files, const RunFolder& folder,
                      const GoOn& go_on) {
  using Clock = std::chrono::steady_clock;
  const auto sampled = sampled_part(to_toml(experiment, folder.path()));
  state_ = folder.holds("checkpoint.h5")
               ? read_task_checkpoint(folder.file("checkpoint.h5").string(), table_, sampled, files)
               : TaskState(table_.size());
  const std::chrono::duration<double> between(experiment.simulation().checkpoint_seconds);
  auto saved = Clock::now();
  const auto save = [&] {
    folder.write("checkpoint.h5", to_task_checkpoint(table_, state_, sampled, files));
    saved = Clock::now();
  };
  const bool is_done = run_missing([&](const RunProgress& progress) {
    const bool goes_on = go_on(progress);
    if (!goes_on || Clock::now() - saved > between) save();
    return goes_on;
  });
  if (!is_done) save();  // what ended after the word to stop
  return is_done;
}

}  // namespace wideproof::app
