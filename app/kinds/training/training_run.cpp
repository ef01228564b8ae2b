// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_run.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/kinds/training/judged_training.hpp>

namespace wideproof::app {
namespace {

std::map<std::int64_t, std::unique_ptr<const NetworkEngine>> engines_of(
    const PreparedTraining& study) {
  std::map<std::int64_t, std::unique_ptr<const NetworkEngine>> engines;
  for (const auto width : study.experiment.simulation().widths)
    engines.emplace(width, network_engine(study, width));
  return engines;
}

}  // namespace

TrainingRun::TrainingRun(const model::Experiment& experiment,
                         std::shared_ptr<const LoadedTraining> loaded)
    : study_(experiment, std::move(loaded)),
      shape_(shape_of(study_)),
      networks_(network_tasks(experiment)),
      engines_(engines_of(study_)),
      tasks_(trained_table(experiment, shape_), work_on_tasks()) {}

TaskRun::Work TrainingRun::work_on_tasks() {
  TaskRun::Work work{
      .run = nullptr,
      .cost = [this](std::size_t i) { return engines_.at(networks_[i].width)->work(); },
      .text =
          [this](std::size_t i) {
            return fmt::format("width {}, network {}", networks_[i].width,
                               networks_[i].replicate + 1);
          },
      .tasks = "networks"};
  work.run_in_parts = [this](std::size_t i, std::string& saved,
                             const TaskRun::Work::PartGoesOn& go_on) -> std::optional<TaskResult> {
    const auto& task = networks_[i];
    const auto network = engines_.at(task.width)->train(task.replicate, saved, go_on);
    if (!network) return std::nullopt;
    return to_numbers(*network, shape_);
  };
  work.can_be_saved = [this](std::size_t i) {
    return engines_.at(networks_[i].width)->saved() > 0;
  };
  // Another process trains a network from beginning to end.
  work.run = [parts = work.run_in_parts](std::size_t i) {
    std::string none;
    return parts(i, none, [](double, std::string_view) { return true; }).value();
  };
  return work;
}

Prepared TrainingRun::checksums() const {
  Checksum inputs, targets;
  inputs.add(study_.loaded->data->inputs);
  targets.add(study_.loaded->data->targets);
  return {{"what the input files hold", inputs.value()},
          {"what the targets' file holds", targets.value()}};
}

double TrainingRun::memory() const {
  double saved = 0;
  for (const auto& [width, engine] : engines_) saved = std::max(saved, engine->saved());
  // Of every network under way what a checkpoint keeps, the file in memory and its bytes; and what
  // the one that is just being saved is made of.
  return memory_for_blocks() + (3 * tasks_.workers() + 2) * saved;
}

double TrainingRun::memory_for_blocks() const {
  double largest = 0;
  double held = 2 * static_cast<double>(sizeof(double)) *
                static_cast<double>(study_.loaded->data->inputs.size());  // as read, and of norm 1
  for (const auto& [width, engine] : engines_) {
    largest = std::max(largest, engine->memory());
    held += engine->held();
  }
  const auto points = static_cast<std::int64_t>(shape_.points);
  return largest * tasks_.workers() + held + size_of_results() +
         kernel_memory(experiment(), points);
}

double TrainingRun::size_of_results() const {
  const auto& table = tasks_.table();
  const auto n = static_cast<double>(shape_.points);
  return sizeof(double) *
         (static_cast<double>(table.size()) * static_cast<double>(table.more_columns) +
          2 * static_cast<double>(study_.prediction.descent.size()) * n * n);
}

std::optional<model::TrainingMeasurement> TrainingRun::measure(const GoOn& go_on) {
  if (!tasks_.run(go_on)) return std::nullopt;
  return measurement_of(experiment(), shape_, tasks_.state());
}

StudyRun::Finished TrainingRun::finish(const RunRecord& record, const OnStage&) {
  const auto reference = reference_of(study_);
  auto results = to_task_results(tasks_.table(), tasks_.state(), record,
                                 [&](Hdf5Writer& file) { write_reference(file, reference); });
  return {std::move(results), judge_training(experiment(), record.inputs, reference,
                                             measurement_of(experiment(), shape_, tasks_.state()))};
}

}  // namespace wideproof::app
