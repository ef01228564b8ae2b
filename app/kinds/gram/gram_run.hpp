// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/kinds/gram/prepared_study.hpp>
#include <wideproof/app/kinds/gram/simulation_of.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/sim/measure/remote_workers.hpp>

namespace wideproof::app {

/// A study of kind "gram": networks of every width are sampled, their Gram matrices compared with
/// the prediction.
class GramRun final : public StudyRun {
 public:
  /// Throws model::InputError for what a sampler refuses.
  explicit GramRun(PreparedStudy study);

  const PreparedStudy& study() const { return study_; }
  const sim::MonteCarlo& simulation() const { return simulation_; }
  /// How many blocks this process works on at a time at each width.
  std::vector<int> workers() const;
  /// Workers of other processes that are to help; null: none.
  void take_help(sim::RemoteWorkers* remote) { remote_ = remote; }

  const model::Experiment& experiment() const override { return study_.experiment; }
  const model::ReadLog& log() const override { return study_.log; }
  void use_threads(int threads) override { simulation_.use_threads(threads); }
  double memory() const override;
  double size_of_results() const override {
    return app::size_of_results(study_, study_.experiment.simulation().widths.size());
  }
  double work() const override { return simulation_.work(); }
  bool advance(const RunFolder& folder, const GoOn& go_on) override;
  StudyOutcome finish(const RunFolder& folder, const Provenance& made_by, ReportParts parts,
                      const OnStage& on_stage) override;
  bool is_finished(const RunFolder& folder) const override;
  StudyOutcome recall(const RunFolder& folder) override;

 private:
  StudyOutcome outcome(const Results& results, const compare::Assessment& assessment) const;

  PreparedStudy study_;
  sim::MonteCarlo simulation_;
  sim::RemoteWorkers* remote_ = nullptr;
  std::optional<sim::MonteCarlo::State> state_;  ///< of a simulation that came to its end
};

}  // namespace wideproof::app
