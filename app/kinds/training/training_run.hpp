// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/kinds/training/network_engine.hpp>
#include <wideproof/app/kinds/training/prepared_training.hpp>
#include <wideproof/app/kinds/training/training_results.hpp>
#include <wideproof/app/study/network_tasks.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/study/task_run.hpp>

namespace wideproof::app {

/// A study of kind "training": its tasks are the networks.
class TrainingRun final : public StudyRun {
 public:
  /// Throws model::InputError for what an engine refuses.
  TrainingRun(const model::Experiment& experiment, std::shared_ptr<const LoadedTraining> loaded);

  const model::Experiment& experiment() const override { return study_.experiment; }
  report::InputSummary inputs() const override { return study_.input_summary(); }
  const model::ReadLog& log() const override { return study_.loaded->log; }
  Prepared checksums() const override;
  void use_threads(int threads) override { tasks_.use_threads(threads); }
  double memory() const override;
  double memory_for_blocks() const override;
  double size_of_results() const override;
  double work() const override { return tasks_.cost(); }
  std::vector<int> workers() const override { return {tasks_.workers()}; }
  std::string compute(BlockName name) const override {
    return tasks_.compute(static_cast<std::size_t>(name.block));
  }
  void take_help(RemoteBlocks* remote) override { tasks_.take_help(remote); }
  bool advance(const RunFolder& folder, const GoOn& go_on) override {
    return tasks_.advance(experiment(), log().files, folder, go_on);
  }
  /// Computes all without a folder; nullopt when `go_on` ended it.
  std::optional<model::TrainingMeasurement> measure(const GoOn& go_on);
  Finished finish(const RunRecord& record, const OnStage& on_stage) override;

  const PreparedTraining& study() const { return study_; }

 private:
  TaskRun::Work work_on_tasks();

  PreparedTraining study_;
  TrainingShape shape_;
  std::vector<NetworkTask> networks_;
  std::map<std::int64_t, std::unique_ptr<const NetworkEngine>> engines_;  ///< by width
  TaskRun tasks_;
};

}  // namespace wideproof::app
