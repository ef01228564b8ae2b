// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/generalization_run.hpp>

#include <algorithm>
#include <chrono>
#include <numeric>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/generalization/generalization_report.hpp>
#include <wideproof/app/study/parallel_tasks.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/report/generalization/tables.hpp>

namespace wideproof::app {

GeneralizationRun::GeneralizationRun(const model::Experiment& experiment,
                                     std::shared_ptr<const RegressionData> data)
    : experiment_(experiment),
      runner_(experiment, std::move(data)),
      tasks_(regression_tasks(experiment)) {}

double GeneralizationRun::memory() const {
  double largest = 0;
  for (const auto& task : tasks_) largest = std::max(largest, runner_.memory(task));
  const auto at_a_time = std::min(static_cast<std::size_t>(threads_), tasks_.size());
  return largest * static_cast<double>(at_a_time) + runner_.memory() +
         5 * sizeof(RegressionResult) * static_cast<double>(tasks_.size());
}

double GeneralizationRun::size_of_results() const {
  return static_cast<double>(tasks_.size() * sizeof(RegressionResult));
}

double GeneralizationRun::work() const {
  return std::accumulate(
      tasks_.begin(), tasks_.end(), 0.0,
      [&](double sum, const RegressionTask& task) { return sum + runner_.work(task); });
}

bool GeneralizationRun::advance(const RunFolder& folder, const GoOn& go_on) {
  using Clock = std::chrono::steady_clock;
  const auto experiment = sampled_part(to_toml(experiment_));
  RegressionState state = folder.holds("checkpoint.h5")
                              ? read_regression_checkpoint(folder.file("checkpoint.h5").string(),
                                                           tasks_, experiment, runner_.log().files)
                              : RegressionState(tasks_.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (!state[i]) order.push_back(i);
  }
  // The longest first, so that all threads end at about the same time.
  std::vector<double> work;
  for (const auto& task : tasks_) work.push_back(runner_.work(task));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return work[a] > work[b]; });
  const double total = this->work();
  double left = std::accumulate(order.begin(), order.end(), 0.0,
                                [&](double sum, std::size_t i) { return sum + work[i]; });
  std::size_t count = tasks_.size() - order.size();
  const std::chrono::duration<double> between_checkpoints(
      experiment_.simulation().checkpoint_seconds);
  auto saved = Clock::now();
  // Results wait here until done() takes them into the state, of which a checkpoint may be made.
  RegressionState fresh(tasks_.size());
  const bool is_done = run_in_parallel(
      order, threads_, [&](std::size_t i) { fresh[i] = runner_.run(tasks_[i]); },
      [&](std::size_t i) {
        state[i] = fresh[i];
        left -= work[i];
        ++count;
        const bool goes_on = go_on(
            {.fraction = 1 - left / total,
             .block_work = work[i],
             .next_block_work = count < tasks_.size() ? work[i] : 0.0,
             .text = fmt::format("{} points, draw {}, {}: {} of {} regressions",
                                 tasks_[i].training_points, tasks_[i].draw + 1,
                                 tasks_[i].width == 0 ? std::string("kernel")
                                                      : fmt::format("width {}", tasks_[i].width),
                                 count, tasks_.size()),
             .stage = 0,
             .done = static_cast<std::int64_t>(count)});
        if (!goes_on || Clock::now() - saved > between_checkpoints) {
          folder.write("checkpoint.h5",
                       to_regression_checkpoint(tasks_, state, experiment, runner_.log().files));
          saved = Clock::now();
        }
        return goes_on;
      });
  if (!is_done) {  // what ended after the word to stop
    folder.write("checkpoint.h5",
                 to_regression_checkpoint(tasks_, state, experiment, runner_.log().files));
    return false;
  }
  state_ = std::move(state);
  return true;
}

StudyOutcome GeneralizationRun::finish(const RunFolder& folder, const Provenance& made_by,
                                       ReportParts parts, const OnStage&) {
  const RunRecord record{
      sampled_part(to_toml(experiment_)),
      {runner_.inputs().source(), runner_.inputs().count(), runner_.inputs().dimension()},
      runner_.log().files,
      made_by};
  folder.write("results.h5", to_regression_results(tasks_, state_, record));
  const auto measurement = measurement_of(tasks_, state_, experiment_.regression().pool_ratio);
  const auto assessment = judge(experiment_, measurement);
  write_report(folder, experiment_, runner_.limit(), record, measurement, assessment, parts);
  folder.remove("checkpoint.h5");
  return outcome(measurement, assessment);
}

bool GeneralizationRun::is_finished(const RunFolder& folder) const {
  if (!folder.holds("summary.json") || !folder.holds("results.h5")) return false;
  require_results_of(folder.file("results.h5").string(), to_toml(experiment_), runner_.log().files);
  return true;
}

StudyOutcome GeneralizationRun::recall(const RunFolder& folder) {
  const auto measurement = read_measurement(folder.file("results.h5").string(), experiment_);
  return outcome(measurement, judge(experiment_, measurement));
}

StudyOutcome GeneralizationRun::outcome(const model::GeneralizationMeasurement& measurement,
                                        const compare::GeneralizationAssessment& assessment) const {
  return {.verdict = assessment.verdict,
          .text = generalization_headline(experiment_, runner_.limit(), runner_.inputs().source()) +
                  report::terminal_table(assessment, stdout_takes_colour()),
          .notes = {},
          .point = compare::sweep_point({}, assessment, measurement),
          .traces = {}};
}

}  // namespace wideproof::app
