// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/study/task_run.hpp>

#include "coin_spec.hpp"

namespace wideproof::coin {

/// A study of kind "coin": its tasks are the series of tosses.
class CoinRun final : public app::StudyRun {
 public:
  explicit CoinRun(const model::Experiment& experiment);

  const model::Experiment& experiment() const override { return experiment_; }
  report::InputSummary inputs() const override { return {"none", 0, 0}; }
  const model::ReadLog& log() const override { return log_; }
  void use_threads(int threads) override { tasks_.use_threads(threads); }
  double memory() const override { return memory_for_blocks(); }
  double memory_for_blocks() const override { return bytes(500.0); }
  double size_of_results() const override { return bytes(16.0); }
  double work() const override { return tasks_.cost(); }
  std::vector<int> workers() const override { return {tasks_.workers()}; }
  std::string compute(app::BlockName name) const override {
    return tasks_.compute(static_cast<std::size_t>(name.block));
  }
  void take_help(app::RemoteBlocks* remote) override { tasks_.take_help(remote); }
  bool advance(const app::RunFolder& folder, const app::GoOn& go_on) override {
    return tasks_.advance(experiment_, log_.files, folder, go_on);
  }
  Finished finish(const app::RunRecord& record, const app::OnStage& on_stage) override;

 private:
  double bytes(double of_a_series) const {
    return of_a_series * static_cast<double>(tasks_.table().size());
  }

  model::Experiment experiment_;
  model::ReadLog log_;
  app::TaskRun tasks_;
};

/// The table `/tosses` of results.h5: a row for each series.
app::TaskTable tosses_table(const model::Experiment& experiment);

/// How often each series showed heads.
std::vector<double> heads_of(const app::TaskState& state);

}  // namespace wideproof::coin
