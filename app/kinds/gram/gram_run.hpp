// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/app/kinds/gram/remote_samples.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::app {

/// A study of kind "gram": networks of every width are sampled, their Gram matrices compared with
/// the prediction. The groups of its work are the widths, their blocks sim::MonteCarlo's.
class GramRun : public StudyRun {
 public:
  /// Throws model::InputError for what a sampler refuses.
  explicit GramRun(PreparedGram study);

  const model::Experiment& experiment() const override { return study_.experiment; }
  report::InputSummary inputs() const override { return study_.input_summary(); }
  const model::ReadLog& log() const override { return study_.log; }
  Prepared checksums() const override { return app::checksums(study_); }
  void use_threads(int threads) override { simulation_.use_threads(threads); }
  double memory() const override;
  double memory_for_blocks() const override { return simulation_.memory(); }
  double size_of_results() const override {
    return app::size_of_results(study_, study_.experiment.simulation().widths.size());
  }
  double work() const override { return simulation_.work(); }
  std::vector<int> workers() const override;
  std::string compute(BlockName name) const override;
  void take_help(RemoteBlocks* remote) override;
  bool advance(const RunFolder& folder, const GoOn& go_on) override;
  Finished finish(const RunRecord& record, const OnStage& on_stage) override;

 protected:
  /// Of a kind that samples more of the same networks.
  GramRun(PreparedGram study, sim::MonteCarlo simulation);

  /// Judges what was found, by an experiment whose paths are as the record has them.
  virtual JudgedGram judge(const model::Experiment& experiment, const report::InputSummary& inputs,
                           std::shared_ptr<const compare::GramResults> results,
                           const OnStage& on_stage) const;

 private:
  sim::RemoteWorkers* remote() { return remote_ ? &*remote_ : nullptr; }

  PreparedGram study_;
  sim::MonteCarlo simulation_;
  std::optional<RemoteSamples> remote_;
  std::optional<sim::MonteCarlo::State> state_;  ///< of a simulation that came to its end
};

}  // namespace wideproof::app
