// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/single_run.hpp>

#include <chrono>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/begun_run.hpp>
#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/ranks/common_ground.hpp>
#include <wideproof/app/study/exit_status.hpp>
#include <wideproof/app/study/interrupted_text.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/app/system/memory.hpp>

namespace wideproof::app {
namespace {

using Clock = RunSession::Clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What is in the folder of a run that a signal ended once all was computed.
std::string kept_in(const RunFolder& folder) {
  if (folder.holds("results.h5"))
    return fmt::format("{} keeps what was computed", folder.file("results.h5").string());
  if (folder.holds("checkpoint.h5"))
    return fmt::format("{} keeps what was done until then", folder.file("checkpoint.h5").string());
  return "nothing was kept";
}

/// Tells again what the run says whose results the folder holds, and writes what is missing of it.
int recall(const StudyRun& run, const RunFolder& folder, RunSession& session, bool quiet) {
  const bool is_told = is_finished(run, folder);
  const FinishedRun finished = is_told ? FinishedRun{run.experiment(), record_of(run, folder, {})}
                                       : read_finished_run(folder);
  const OnStage on_stage = [&](std::string_view stage) { session.enter(stage); };
  const auto judged =
      kind_of(run.experiment()).recall(finished, folder.file("results.h5").string(), on_stage);
  if (!is_told) write_report(folder, finished, judged, ReportParts::all, on_stage);
  session.enter({});
  folder.remove("checkpoint.h5");
  if (!quiet) fmt::print("{}{}", judged.headline, judged.table);
  return exit_status(judged.outcome.verdict);
}

/// Runs a study in its folder and tells what it says. Throws Interrupted where a signal comes once
/// all is computed.
int run_to_verdict(StudyRun& run, const RunFolder& folder, const RunOptions& options, int ranks,
                   Clock::time_point start) {
  RunSession session(start, options.time_limit, options.quiet);
  if (options.if_taken == RunFolder::IfTaken::resume && holds_results(run, folder))
    return recall(run, folder, session, options.quiet);
  const bool is_done =
      run.advance(folder, [&](const RunProgress& progress) { return session.go_on(progress); });
  session.clear_line();
  if (!is_done) {
    say(interrupted_text(
        fmt::format("{} keeps what was done", folder.file("checkpoint.h5").string()), options,
        ranks));
    return interrupted;
  }
  auto made_by = provenance();
  made_by.threads = options.threads;
  made_by.ranks = ranks;
  made_by.wall_seconds = seconds_since(start);
  const auto judged = finish(run, folder, made_by, ReportParts::all,
                             [&](std::string_view stage) { session.enter(stage); });
  if (!options.quiet) {
    for (const auto& note : judged.notes) say(note);
    fmt::print("{}{}written to {} in {:.1f} s\n", judged.headline, judged.table,
               folder.path().string(), seconds_since(start));
  }
  return exit_status(judged.outcome.verdict);
}

}  // namespace

int run_single(const model::Experiment& experiment, const std::vector<std::string>& notes,
               const RunOptions& options, Ranks& ranks, Clock::time_point start) {
  SharedData shared;
  // Refuses before the folder is touched.
  const auto run = kind_of(experiment).prepare(experiment, shared);
  run->use_threads(options.threads);
  const auto require_memory_for_ranks = [&] {
    require_memory(run->memory() + (ranks.on_this_node() - 1) * run->memory_for_blocks(),
                   experiment.simulation().memory_gib, available_memory(options.threads));
  };
  require_memory_for_ranks();
  ranks.compare(common_ground(to_toml(experiment), {run.get()}), run->workers());
  if (!ranks.is_first()) {
    ranks.serve([&](BlockName name) { return run->compute(name); });
    return 0;
  }
  if (!options.quiet)
    for (const auto& note : notes) say(note);
  announce_results(run->size_of_results());
  run->take_help(ranks.remote_blocks());
  require_memory_for_ranks();  // now that the others' workers are known
  const RunFolder folder(options.out.value_or("runs/" + experiment.study().name));
  for (const auto& warning : run->log().warnings) say(warning);
  const BegunRun begun(folder, to_toml(experiment, folder.path()), options.if_taken);
  if (options.if_taken == RunFolder::IfTaken::resume && begun.is_new() && !options.quiet)
    folder.tell_of_nothing_to_resume();
  try {
    return run_to_verdict(*run, folder, options, ranks.count(), start);
  } catch (const Interrupted&) {
    say(interrupted_text(kept_in(folder), options, ranks.count()));
    return interrupted;
  }
}

}  // namespace wideproof::app
