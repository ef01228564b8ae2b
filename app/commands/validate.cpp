// SPDX-License-Identifier: MIT
#include <chrono>

#include <fmt/format.h>

#include <wideproof/app/commands/study.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>
#include <wideproof/app/kinds/generalization/generalization_run.hpp>
#include <wideproof/app/kinds/gram/gram_run.hpp>
#include <wideproof/app/kinds/gram/prepared_study.hpp>
#include <wideproof/app/kinds/gram/results_file.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/kinds/gram/simulation_of.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/study/sitting.hpp>
#include <wideproof/app/sweep/sweep_run.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/app/system/memory.hpp>

namespace wideproof::app {
namespace {

using Clock = Sitting::Clock;

/// Runs a study in its folder and tells what it says.
int run_to_verdict(StudyRun& run, const Command& command, int ranks, Clock::time_point start) {
  const RunFolder folder(command.out.value_or("runs/" + run.experiment().study().name));
  for (const auto& warning : run.log().warnings) say(warning);
  const auto lock = folder.lock();
  folder.claim(to_toml(run.experiment()), command.if_taken);
  if (command.if_taken == RunFolder::IfTaken::resume && run.is_finished(folder)) {
    const auto outcome = run.recall(folder);
    if (!command.quiet) fmt::print("{}", outcome.text);
    return exit_status(outcome.verdict);
  }
  const bool is_done = [&] {
    Sitting sitting(start, command.time_limit, command.quiet);
    return run.advance(folder,
                       [&](const RunProgress& progress) { return sitting.go_on(progress); });
  }();
  if (!is_done) {
    say(fmt::format("interrupted; --resume goes on from {}",
                    folder.file("checkpoint.h5").string()));
    return interrupted;
  }
  Provenance made_by = provenance();
  made_by.threads = command.threads;
  made_by.ranks = ranks;
  made_by.wall_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  ProgressLine line(command.quiet);
  const auto outcome = run.finish(folder, made_by, ReportParts::all,
                                  [&](std::string_view stage) { line.show(stage); });
  if (!command.quiet) {
    for (const auto& note : outcome.notes) say(note);
    fmt::print("{}written to {} in {:.1f} s\n", outcome.text, folder.path().string(),
               std::chrono::duration<double>(Clock::now() - start).count());
  }
  return exit_status(outcome.verdict);
}

int validate_gram(const model::Experiment& experiment, const Command& command, Ranks& ranks,
                  Clock::time_point start) {
  GramRun run(prepare(experiment));  // refuses before the folder is touched
  run.use_threads(command.threads);
  const auto require_memory_for_ranks = [&] {
    require_memory(run.memory() + (ranks.on_this_node() - 1) * run.simulation().memory(),
                   experiment.simulation().memory_gib, available_memory(command.threads));
  };
  require_memory_for_ranks();
  ranks.compare(checksums(run.study()), run.workers());
  if (!ranks.is_first()) {
    ranks.serve(run.simulation());
    return 0;
  }
  announce_results(run.size_of_results());
  run.take_help(ranks.remote_workers());
  require_memory_for_ranks();  // now that the others' workers are known
  return run_to_verdict(run, command, ranks.count(), start);
}

}  // namespace

int validate(const Command& command, Ranks& ranks) {
  const auto start = Clock::now();
  const auto name = name_of_source(command.file);
  const auto text = ranks.share([&] { return read_source(command.file); });
  if (!text) return 0;  // the first could not read it, and has said so
  const auto sweep = parse_sweep(*text, name, command.settings);
  if (sweep) {
    return ranks.is_first() ? run_sweep(*sweep, command, start) : 0;  // nothing is shared out
  }
  const auto experiment = parse_experiment(*text, name, command.settings);
  if (experiment.study().kind == model::StudyKind::gram) {
    return validate_gram(experiment, command, ranks, start);
  }
  if (!ranks.is_first()) return 0;  // nothing is shared out
  GeneralizationRun run(experiment);
  run.use_threads(command.threads);
  require_memory(run.memory(), experiment.simulation().memory_gib,
                 available_memory(command.threads));
  return run_to_verdict(run, command, 1, start);
}

}  // namespace wideproof::app
