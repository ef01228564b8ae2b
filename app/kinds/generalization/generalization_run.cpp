// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/generalization_run.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/generalization/judged_generalization.hpp>
#include <wideproof/app/kinds/generalization/regression_results.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>

namespace wideproof::app {
namespace {

/// "128 points, draw 1, kernel"
std::string text_of(const RegressionTask& task) {
  return fmt::format("{} points, draw {}, {}", task.training_points, task.draw + 1,
                     task.width == 0 ? std::string("kernel") : fmt::format("width {}", task.width));
}

}  // namespace

GeneralizationRun::GeneralizationRun(const model::Experiment& experiment,
                                     std::shared_ptr<const RegressionData> data)
    : experiment_(experiment),
      runner_(experiment, std::move(data)),
      regressions_(regression_tasks(experiment)),
      tasks_(regression_table(regressions_, runner_.target_square()), work_on_tasks()) {}

TaskRun::Work GeneralizationRun::work_on_tasks() {
  return {.run = [this](std::size_t i) { return to_numbers(runner_.run(regressions_[i])); },
          .cost = [this](std::size_t i) { return runner_.work(regressions_[i]); },
          .text = [this](std::size_t i) { return text_of(regressions_[i]); },
          .tasks = "regressions"};
}

report::InputSummary GeneralizationRun::inputs() const {
  const auto& inputs = runner_.inputs();
  return {inputs.source(), inputs.count(), inputs.dimension()};
}

Prepared GeneralizationRun::checksums() const {
  Checksum inputs;
  inputs.add(runner_.inputs().vectors());
  Checksum targets;
  targets.add(runner_.targets());
  return {{"what the input files hold", inputs.value()},
          {"what the targets' file holds", targets.value()}};
}

double GeneralizationRun::memory_for_blocks() const {
  double largest = 0;
  for (const auto& task : regressions_) largest = std::max(largest, runner_.memory(task));
  constexpr double bytes_of_a_task = 500;  // its name, its result, its place in a table
  return largest * tasks_.workers() + runner_.memory() +
         bytes_of_a_task * static_cast<double>(regressions_.size());
}

double GeneralizationRun::size_of_results() const {
  const auto& table = tasks_.table();
  return static_cast<double>(table.size() * sizeof(double) *
                             (table.name_columns.size() + table.result_columns.size()));
}

StudyRun::Finished GeneralizationRun::finish(const RunRecord& record, const OnStage&) {
  const auto pool_ratio = model::generalization_of(experiment_).regression.pool_ratio;
  return {to_task_results(tasks_.table(), tasks_.state(), record),
          judge_generalization(
              experiment_, record.inputs,
              measurement_of(regressions_, tasks_.state(), pool_ratio, runner_.target_square()))};
}

}  // namespace wideproof::app
