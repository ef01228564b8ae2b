// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <wideproof/app/kinds/samples/prepared_samples.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/compare/gram/results.hpp>

namespace wideproof::app {

/// A study of kind "samples" with a prediction: reading takes the place of sampling. There is
/// nothing to checkpoint: what is read again is the same.
class SamplesRun final : public StudyRun {
 public:
  explicit SamplesRun(PreparedSamples study) : study_(std::move(study)) {}

  const model::Experiment& experiment() const override { return study_.experiment; }
  report::InputSummary inputs() const override { return study_.inputs; }
  const model::ReadLog& log() const override { return study_.log; }
  void use_threads(int) override {}
  double memory() const override { return study_.samples.memory(); }
  double memory_for_blocks() const override { return 0.0; }
  double size_of_results() const override { return study_.samples.size_of_results(); }
  double work() const override { return 1.0; }
  /// A group without blocks: there is nothing that another process could read faster.
  std::vector<int> workers() const override { return {1}; }
  std::string compute(BlockName) const override { return {}; }
  void take_help(RemoteBlocks*) override {}
  bool advance(const RunFolder& folder, const GoOn& go_on) override;
  Finished finish(const RunRecord& record, const OnStage& on_stage) override;

 private:
  PreparedSamples study_;
  std::shared_ptr<compare::GramResults> results_;
};

}  // namespace wideproof::app
