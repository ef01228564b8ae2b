// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_run.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/gram/checkpoint.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/kinds/gram/simulation_of.hpp>
#include <wideproof/app/system/terminal.hpp>
#include <wideproof/report/gram/terminal_table.hpp>

namespace wideproof::app {
namespace {

/// "600 networks", or "104 to 640 networks" where a precision decided.
std::string networks_text(const model::Measurement& measurement) {
  const auto [least, most] =
      std::minmax_element(measurement.begin(), measurement.end(),
                          [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  if (least->replicates == most->replicates) return fmt::format("{} networks", most->replicates);
  return fmt::format("{} to {} networks", least->replicates, most->replicates);
}

/// Which widths ended before they were as precise as asked for.
std::vector<std::string> capped_widths(const model::Experiment& experiment,
                                       const model::Measurement& measurement) {
  std::vector<std::string> notes;
  const auto& simulation = experiment.simulation();
  if (!simulation.precision) return notes;
  for (const auto& layer : measurement) {
    if (layer.layer > 1 || layer.replicates < simulation.replicates) continue;
    notes.push_back(
        fmt::format("width {} ended at simulation.most_replicates = {}, not at "
                    "simulation.precision = {}",
                    layer.width, simulation.replicates, *simulation.precision));
  }
  return notes;
}

/// What was put to the proof, in two lines.
std::string headline(const PreparedStudy& study, const model::Measurement& measurement) {
  const auto& network = study.experiment.network();
  const auto& widths = study.experiment.simulation().widths;
  const auto widths_text = widths.size() == 1
                               ? fmt::format("width {}", widths.front())
                               : fmt::format("each of {} widths, {} to {}", widths.size(),
                                             widths.front(), widths.back());
  return fmt::format(
      "{}: {}, depth {}, degree of correlation {:.4g}\n{} input{} ({}), {} at {}\n\n",
      study.experiment.study().name, network_text(network), network.depth(),
      study.theory.degree_of_correlation, study.inputs.count(),
      study.inputs.count() == 1 ? "" : "s", study.inputs.source(), networks_text(measurement),
      widths_text);
}

}  // namespace

GramRun::GramRun(PreparedStudy study)
    : study_(std::move(study)),
      simulation_(simulation_of(study_, study_.experiment.study().seed, 1)) {}

std::vector<int> GramRun::workers() const {
  std::vector<int> workers;
  for (std::size_t width = 0; width < study_.experiment.simulation().widths.size(); ++width) {
    workers.push_back(simulation_.workers(width));
  }
  return workers;
}

double GramRun::memory() const {
  return simulation_.memory(remote_) + memory_to_report(study_);
}

bool GramRun::advance(const RunFolder& folder, const GoOn& go_on) {
  using Clock = std::chrono::steady_clock;
  const auto experiment = sampled_part(to_toml(study_.experiment));
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
  if (!simulation_.run(state, on_progress, remote_)) return false;
  state_ = std::move(state);
  return true;
}

StudyOutcome GramRun::finish(const RunFolder& folder, const Provenance& made_by, ReportParts parts,
                             const OnStage& on_stage) {
  const Results results{study_.theory, study_.prediction, simulation_.measurement(state_.value()),
                        simulation_.series(*state_)};
  const auto assessment = judge(study_.experiment, results, on_stage);
  const RunRecord record = study_.record(made_by);
  folder.write("results.h5", to_hdf5(results, study_.experiment.simulation().widths, record,
                                     assessment.extrapolation));
  write_report(folder, study_.experiment, record, results, assessment, parts);
  folder.remove("checkpoint.h5");
  return outcome(results, assessment);
}

bool GramRun::is_finished(const RunFolder& folder) const {
  if (!folder.holds("summary.json") || !folder.holds("results.h5")) return false;
  const auto path = folder.file("results.h5").string();
  if (!Hdf5Reader("results", path).holds("/measurement")) return false;  // it is `predict`'s
  require_results_of(path, to_toml(study_.experiment), study_.log.files);
  return true;
}

StudyOutcome GramRun::recall(const RunFolder& folder) {
  const Results results = read_results(folder.file("results.h5").string());
  return outcome(results, judge(study_.experiment, results));
}

StudyOutcome GramRun::outcome(const Results& results, const compare::Assessment& assessment) const {
  return {.verdict = assessment.verdict,
          .text = headline(study_, results.measurement) +
                  report::terminal_table(assessment, stdout_takes_colour()),
          .notes = capped_widths(study_.experiment, results.measurement),
          .point = compare::sweep_point({}, assessment),
          .traces = traces(study_.experiment, study_.input_summary(), results, assessment)};
}

}  // namespace wideproof::app
