// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <wideproof/app/kinds/generalization/regression_results.hpp>
#include <wideproof/app/kinds/generalization/regression_runner.hpp>
#include <wideproof/app/kinds/generalization/regression_tasks.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/compare/generalization/learning_curve.hpp>

namespace wideproof::app {

/// A study of kind "generalization": the error of kernel regression is predicted, measured, and set
/// beside that of finite networks with a trained readout.
class GeneralizationRun final : public StudyRun {
 public:
  /// Throws what RegressionRunner does.
  GeneralizationRun(const model::Experiment& experiment,
                    std::shared_ptr<const RegressionData> data);
  /// Loads the data too.
  explicit GeneralizationRun(const model::Experiment& experiment)
      : GeneralizationRun(experiment, std::make_shared<RegressionData>(experiment)) {}

  const model::Experiment& experiment() const override { return experiment_; }
  const model::ReadLog& log() const override { return runner_.log(); }
  void use_threads(int threads) override { threads_ = threads; }
  double memory() const override;
  double size_of_results() const override;
  double work() const override;
  bool advance(const RunFolder& folder, const GoOn& go_on) override;
  StudyOutcome finish(const RunFolder& folder, const Provenance& made_by, ReportParts parts,
                      const OnStage& on_stage) override;
  bool is_finished(const RunFolder& folder) const override;
  StudyOutcome recall(const RunFolder& folder) override;

 private:
  StudyOutcome outcome(const model::GeneralizationMeasurement& measurement,
                       const compare::GeneralizationAssessment& assessment) const;

  model::Experiment experiment_;
  RegressionRunner runner_;
  std::vector<RegressionTask> tasks_;
  int threads_ = 1;
  RegressionState state_;  ///< of a run that came to its end
};

}  // namespace wideproof::app
