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

RunProgress TaskRun::progress_within(std::size_t task, double fraction, std::string_view text) {
  fractions_[task] = fraction;
  double under_way = 0;
  for (const auto& [i, part] : fractions_) under_way += part * costs_[i];
  return {.fraction = 1 - (cost_left_ - under_way) / total_cost_,
          .block_work = costs_[task],
          .next_block_work = costs_[task],
          .text = fmt::format("{}, {}: {} of {} {}", work_.text(task), text, done_, table_.size(),
                              work_.tasks),
          .stage = 0,
          .done = static_cast<std::int64_t>(done_)};
}

bool TaskRun::part_goes_on(std::size_t task, double fraction, std::string_view text,
                           const GoOn& go_on, Clock::time_point began) {
  constexpr std::chrono::milliseconds between_words(100);
  const std::lock_guard lock(telling_);
  const auto now = Clock::now();
  if (!is_stopped_ && now - told_ > between_words) {
    told_ = now;
    is_stopped_ = !go_on(progress_within(task, fraction, text));
  }
  const bool is_kept = !work_.can_be_saved || work_.can_be_saved(task);
  return !is_stopped_ && !(save_ && is_kept && now - began > between_);
}

std::optional<TaskResult> TaskRun::run_in_parts(std::size_t task, const GoOn& go_on) {
  while (true) {
    const auto began = Clock::now();
    std::string saved;
    {
      const std::lock_guard lock(telling_);
      if (is_stopped_) return std::nullopt;
      if (const auto part = parts_.find(task); part != parts_.end()) saved = part->second;
    }
    auto result = work_.run_in_parts(task, saved, [&](double fraction, std::string_view text) {
      return part_goes_on(task, fraction, text, go_on, began);
    });
    const std::lock_guard lock(telling_);
    if (result) {
      parts_.erase(task);
      fractions_.erase(task);
      return result;
    }
    parts_[task] = std::move(saved);
    if (!is_stopped_ && save_) save_();
  }
}

bool TaskRun::run_missing(const GoOn& go_on) {
  const auto order = missing_tasks();
  is_stopped_ = false;
  done_ = table_.size() - order.size();
  cost_left_ = std::accumulate(order.begin(), order.end(), 0.0,
                               [&](double sum, std::size_t i) { return sum + costs_[i]; });
  const auto put = [&](std::size_t i, TaskResult result) {
    const std::lock_guard lock(telling_);
    state_[i] = std::move(result);
    cost_left_ -= costs_[i];
    ++done_;
    if (!is_stopped_ && !go_on(progress_after(i))) is_stopped_ = true;
    return !is_stopped_;
  };
  const auto run = [&](std::size_t i) -> std::optional<TaskResult> {
    return work_.run_in_parts ? run_in_parts(i, go_on) : work_.run(i);
  };
  return run_in_parallel(order, threads_, run, put, {.remote = remote_, .read = from_bytes});
}

bool TaskRun::run(const GoOn& go_on) {
  state_ = TaskState(table_.size());
  parts_.clear();
  return run_missing(go_on);
}

bool TaskRun::advance(const model::Experiment& experiment,
                      const std::vector<model::ReadFile>& files, const RunFolder& folder,
                      const GoOn& go_on) {
  const auto sampled = sampled_part(to_toml(experiment, folder.path()));
  TaskCheckpoint checkpoint{TaskState(table_.size()), {}};
  if (folder.holds("checkpoint.h5"))
    checkpoint =
        read_task_checkpoint(folder.file("checkpoint.h5").string(), table_, sampled, files);
  state_ = std::move(checkpoint.state);
  parts_ = std::move(checkpoint.parts);
  between_ = std::chrono::duration<double>(experiment.simulation().checkpoint_seconds);
  auto saved = Clock::now();
  save_ = [&] {
    folder.write("checkpoint.h5", to_task_checkpoint(table_, state_, parts_, sampled, files));
    saved = Clock::now();
  };
  const bool is_done = run_missing([&](const RunProgress& progress) {
    const bool goes_on = go_on(progress);
    if (!goes_on || Clock::now() - saved > between_) save_();
    return goes_on;
  });
  if (!is_done) save_();  // what ended after the word to stop
  save_ = nullptr;
  return is_done;
}

}  // namespace wideproof::app
