// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <wideproof/app/kinds/dimension/dimension_results.hpp>
#include <wideproof/app/kinds/dimension/ensemble_data.hpp>
#include <wideproof/app/kinds/dimension/spectrum_plan.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/study/task_run.hpp>
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>

namespace wideproof::app {

/// A study of kind "dimension": its tasks are the networks.
class DimensionRun final : public StudyRun {
 public:
  /// Throws model::InputError for what a sampler refuses.
  DimensionRun(const model::Experiment& experiment, std::shared_ptr<const EnsembleData> data);

  const model::Experiment& experiment() const override { return experiment_; }
  report::InputSummary inputs() const override { return input_summary(experiment_, *data_); }
  const model::ReadLog& log() const override { return data_->log; }
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
    return tasks_.advance(experiment_, log().files, folder, go_on);
  }
  /// Computes all without a folder; nullopt when `go_on` ended it.
  std::optional<model::DimensionMeasurement> measure(const GoOn& go_on);
  Finished finish(const RunRecord& record, const OnStage& on_stage) override;

  /// Of network 0, as SpectrumPlan says; none where nothing is planned.
  std::vector<model::LayerSpectrum> spectra() const;

 private:
  TaskResult sample(const NetworkTask& task) const;
  TaskRun::Work work_on_tasks();
  const sim::EnsembleSampler& spectrum_sampler() const;

  model::Experiment experiment_;
  std::shared_ptr<const EnsembleData> data_;
  std::vector<NetworkTask> networks_;
  std::map<std::int64_t, std::unique_ptr<const sim::EnsembleSampler>> samplers_;  ///< by width
  std::optional<SpectrumPlan> spectrum_plan_;
  /// null: that of the plan's width.
  std::unique_ptr<const sim::EnsembleSampler> own_spectrum_sampler_;
  std::optional<model::DimensionPrediction> prediction_;
  TaskRun tasks_;
};

}  // namespace wideproof::app
