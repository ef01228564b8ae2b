// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include <wideproof/app/checkpoint.hpp>
#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/failure.hpp>
#include <wideproof/app/interruption.hpp>
#include <wideproof/app/memory.hpp>
#include <wideproof/app/prepared_study.hpp>
#include <wideproof/app/progress.hpp>
#include <wideproof/app/run_report.hpp>
#include <wideproof/app/simulation_of.hpp>
#include <wideproof/app/study.hpp>
#include <wideproof/app/terminal.hpp>
#include <wideproof/compare/terminal_table.hpp>

namespace wideproof::app {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Tells after each block whether the next one may end after the time limit, taking its work to go
/// as slowly as the slowest so far.
class Deadline {
 public:
  Deadline(Clock::time_point start, std::optional<double> limit) : start_(start), limit_(limit) {}

  bool is_near(const sim::Progress& progress) {
    seconds_per_work_ = std::max(seconds_per_work_, seconds_since(last_) / progress.block_work);
    last_ = Clock::now();
    return limit_ && seconds_since(start_) + seconds_per_work_ * progress.next_block_work > *limit_;
  }

 private:
  Clock::time_point start_;
  std::optional<double> limit_;
  Clock::time_point last_ = Clock::now();
  double seconds_per_work_ = 0;
};

std::vector<int> workers_by_width(const PreparedStudy& study, const sim::MonteCarlo& simulation) {
  std::vector<int> workers;
  for (std::size_t width = 0; width < study.experiment.simulation().widths.size(); ++width) {
    workers.push_back(simulation.workers(width));
  }
  return workers;
}

/// The finished state, or nullopt when the run was interrupted: a checkpoint lies in the
/// folder then.
std::optional<sim::MonteCarlo::State> simulate(const sim::MonteCarlo& simulation,
                                               const PreparedStudy& study, const RunFolder& folder,
                                               const std::string& experiment,
                                               const Command& command, Ranks& ranks,
                                               Clock::time_point start) {
  auto state = folder.holds("checkpoint.h5")
                   ? read_checkpoint(folder.file("checkpoint.h5").string(), experiment, simulation)
                   : simulation.start();
  const InterruptionGuard interruption;
  ProgressLine line(command.quiet);
  Deadline deadline(start, command.time_limit);
  auto saved = Clock::now();
  const auto save = [&] {
    folder.write("checkpoint.h5", to_checkpoint(state, experiment));
    saved = Clock::now();
  };
  const auto on_progress = [&](const sim::Progress& progress) {
    line.show(progress);
    const bool stop = interruption.raised() || deadline.is_near(progress);
    // At once: the workers may still be busy with a block when the time to stop runs out.
    if (stop || seconds_since(saved) > study.experiment.simulation().checkpoint_seconds) save();
    return !stop;
  };
  if (!simulation.run(state, on_progress, ranks.remote_workers())) return std::nullopt;
  return state;
}

/// "600 networks", or "104 to 640 networks" where a precision decided.
std::string networks_text(const model::Measurement& measurement) {
  const auto [least, most] =
      std::minmax_element(measurement.begin(), measurement.end(),
                          [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  if (least->replicates == most->replicates) return fmt::format("{} networks", most->replicates);
  return fmt::format("{} to {} networks", least->replicates, most->replicates);
}

/// Says on stderr which widths ended before they were as precise as asked for.
void name_capped_widths(const model::Experiment& experiment,
                        const model::Measurement& measurement) {
  const auto& simulation = experiment.simulation();
  if (!simulation.precision) return;
  for (const auto& layer : measurement) {
    if (layer.layer > 1 || layer.replicates < simulation.replicates) continue;
    fmt::print(stderr,
               "wideproof: width {} ended at simulation.most_replicates = {}, not at "
               "simulation.precision = {}\n",
               layer.width, simulation.replicates, *simulation.precision);
  }
}

/// What was put to the proof, in two lines.
std::string headline(const PreparedStudy& study, const model::Measurement& measurement) {
  const auto& network = study.experiment.network();
  const auto& widths = study.experiment.simulation().widths;
  const auto activation =
      model::is_thresholded(network.activation())
          ? fmt::format("{} f = {}", name_of(network.activation()), network.active_fraction())
          : std::string(name_of(network.activation()));
  const auto widths_text = widths.size() == 1
                               ? fmt::format("width {}", widths.front())
                               : fmt::format("each of {} widths, {} to {}", widths.size(),
                                             widths.front(), widths.back());
  return fmt::format(
      "{}: {}, depth {}, degree of correlation {:.4g}\n{} input{} ({}), {} at {}\n\n",
      study.experiment.study().name, activation, network.depth(),
      study.theory.degree_of_correlation, study.inputs.count(),
      study.inputs.count() == 1 ? "" : "s", study.inputs.source(), networks_text(measurement),
      widths_text);
}

}  // namespace

int validate(const Command& command, Ranks& ranks) {
  const auto start = Clock::now();
  const auto study = prepare(command);
  const auto simulation = simulation_of(study, study.experiment.study().seed,
                                        command.threads);  // refuses before the folder is touched
  const auto require_memory_for_ranks = [&] {
    const double this_rank = simulation.memory(ranks.remote_workers()) + memory_to_report(study);
    require_memory(this_rank + (ranks.on_this_node() - 1) * simulation.memory(),
                   study.experiment.simulation().memory_gib);
  };
  require_memory_for_ranks();
  ranks.compare(checksums(study), workers_by_width(study, simulation));
  if (!ranks.is_first()) {
    ranks.serve(simulation);
    return 0;
  }
  require_memory_for_ranks();  // now that the others' workers are known
  const auto experiment = to_toml(study.experiment);
  const RunFolder folder(command.out.value_or("runs/" + study.experiment.study().name));
  folder.claim(experiment, command.if_taken);
  if (folder.holds("summary.json")) {  // only --resume leaves it there
    const Results results = read_results(folder.file("results.h5").string());
    if (!results.measurement.empty()) {  // `predict` wrote it otherwise
      const auto assessment = judge(study.experiment, results);
      if (!command.quiet)
        fmt::print("{}{}", headline(study, results.measurement),
                   compare::terminal_table(assessment, stdout_takes_colour()));
      return exit_status(assessment.verdict);
    }
  }

  const auto state =
      simulate(simulation, study, folder, sampled_part(experiment), command, ranks, start);
  if (!state) {
    fmt::print(stderr, "wideproof: interrupted; --resume goes on from {}\n",
               folder.file("checkpoint.h5").string());
    return interrupted;
  }
  const Results results{study.theory, study.prediction, simulation.measurement(*state),
                        simulation.series(*state)};
  const auto assessment = judge(study.experiment, results);
  Provenance made_by = provenance();
  made_by.threads = command.threads;
  made_by.ranks = ranks.count();
  made_by.wall_seconds = seconds_since(start);
  folder.write("results.h5", to_hdf5(results, study.experiment.simulation().widths));
  write_report(folder, study.experiment, study.input_summary(), made_by, results, assessment);
  folder.remove("checkpoint.h5");
  if (!command.quiet) {
    name_capped_widths(study.experiment, results.measurement);
    fmt::print("{}{}written to {} in {:.1f} s\n", headline(study, results.measurement),
               compare::terminal_table(assessment, stdout_takes_colour()), folder.path().string(),
               made_by.wall_seconds);
  }
  return exit_status(assessment.verdict);
}

}  // namespace wideproof::app
