// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_run.hpp>

#include <chrono>
#include <memory>
#include <utility>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/gram_checkpoint.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/gram/sample_bytes.hpp>

namespace wideproof::app {

GramRun::GramRun(PreparedGram study)
    : study_(std::move(study)),
      simulation_(gram_simulation(study_, study_.experiment.study().seed, 1)) {}

GramRun::GramRun(PreparedGram study, sim::MonteCarlo simulation)
    : study_(std::move(study)), simulation_(std::move(simulation)) {}

JudgedGram GramRun::judge(const model::Experiment& experiment, const report::InputSummary& inputs,
                          std::shared_ptr<const compare::GramResults> results,
                          const OnStage& on_stage) const {
  return judge_gram(experiment, inputs, std::move(results), on_stage);
}

std::vector<int> GramRun::workers() const {
  std::vector<int> workers;
  for (std::size_t width = 0; width < study_.experiment.simulation().widths.size(); ++width) {
    workers.push_back(simulation_.workers(width));
  }
  return workers;
}

std::string GramRun::compute(BlockName name) const {
  return to_bytes(simulation_.sample_block(static_cast<std::size_t>(name.group), name.block));
}

void GramRun::take_help(RemoteBlocks* remote) {
  remote_.reset();
  if (remote != nullptr) remote_.emplace(*remote);
}

double GramRun::memory() const {
  return simulation_.memory(remote_ ? &*remote_ : nullptr) + memory_to_report(study_);
}

bool GramRun::advance(const RunFolder& folder, const GoOn& go_on) {
  using Clock = std::chrono::steady_clock;
  const auto experiment = sampled_part(to_toml(study_.experiment, folder.path()));
  auto state = folder.holds("checkpoint.h5")
                   ? read_checkpoint(folder.file("checkpoint.h5").string(), experiment,
                                     study_.log.files, simulation_)
                   : simulation_.start();
  const std::chrono::duration<double> between_checkpoints(
      study_.experiment.simulation().checkpoint_seconds);
  auto saved = Clock::now();
  const auto on_progress = [&](const sim::Progress& progress) {
    const bool goes_on = go_on(run_progress(progress));
    // At once: the workers may still be busy with a block when the time to stop runs out.
    if (!goes_on || Clock::now() - saved > between_checkpoints) {
      folder.write("checkpoint.h5", to_checkpoint(state, experiment, study_.log.files));
      saved = Clock::now();
    }
    return goes_on;
  };
  if (!simulation_.run(state, on_progress, remote())) return false;
  state_ = std::move(state);
  return true;
}

StudyRun::Finished GramRun::finish(const RunRecord& record, const OnStage& on_stage) {
  const auto results = std::make_shared<const compare::GramResults>(compare::GramResults{
      study_.theory, study_.prediction, simulation_.measurement(state_.value()),
      simulation_.series(*state_), study_.predicted_sparsity, simulation_.sparsity(*state_),
      simulation_.selectivity(*state_)});
  // As the record has it: the summary and the page name paths as they are taken from the folder.
  auto judged = judge(parse_experiment(record.experiment, "experiment", {}), record.inputs, results,
                      on_stage);
  return {to_hdf5(*results, study_.experiment.simulation().widths, record, judged.limits),
          std::move(judged.study)};
}

}  // namespace wideproof::app
