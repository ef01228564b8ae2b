// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_run.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

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
#include <wideproof/app/sweep/point_groups.hpp>
#include <wideproof/app/sweep/point_pool.hpp>
#include <wideproof/app/sweep/point_refusal.hpp>
#include <wideproof/app/sweep/sweep_report.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

/// What one point has read, another may read as well.
void require_files_that_read_again(const std::vector<model::ReadFile>& files) {
  std::error_code ignored;
  for (const auto& file : files) {
    if (std::filesystem::is_regular_file(file.path, ignored)) continue;
    throw model::InputError(file.key, model::in_quotes(file.path),
                            "is a pipe or device, which gives its numbers once, and every point "
                            "of a sweep reads them; write them to a file");
  }
}

std::vector<std::unique_ptr<StudyRun>> make_runs(const SweepSpec& sweep) {
  SharedData shared;
  std::vector<std::unique_ptr<StudyRun>> runs;
  const auto prepared = [&](const SweepExperiment& point) {
    return kind_of(point.experiment).prepare(with_its_share(sweep, point), shared);
  };
  for (const auto& point : sweep.points) {
    try {
      runs.push_back(prepared(point));
    } catch (const model::InputError& error) {
      if (!runs.empty()) require_files_that_read_again(runs.front()->log().files);
      throw model::InputError(
          point_refusal(runs.size(), sweep.keys, name_of(sweep, point), error.what(),
                        [&] { return refusal_of([&] { prepared(sweep.points.back()); }); }));
    }
  }
  return runs;
}

/// How the points share out the threads.
struct Shares {
  int threads = 1;    ///< in all
  int at_a_time = 1;  ///< points
};

/// As many threads as memory holds points for. Throws model::InputError where not even one point on
/// one thread fits.
Shares shares_of(const std::vector<std::unique_ptr<StudyRun>>& runs, int threads,
                 const std::optional<double>& limit_gib, const Ranks& ranks) {
  const auto available = limit_gib ? std::optional(*limit_gib * gib) : available_memory(threads);
  // With other ranks one point at a time has the help of all.
  const auto most_at_a_time = ranks.count() > 1 ? 1 : static_cast<int>(runs.size());
  Shares shares;
  double needed = 0;
  for (shares.threads = threads; shares.threads >= 1; --shares.threads) {
    shares.at_a_time = std::min(shares.threads, most_at_a_time);
    const int each = (shares.threads + shares.at_a_time - 1) / shares.at_a_time;
    needed = 0;
    for (const auto& run : runs) {
      run->use_threads(each);
      needed =
          std::max(needed, run->memory() + (ranks.on_this_node() - 1) * run->memory_for_blocks());
    }
    needed *= shares.at_a_time;
    if (!available || needed <= *available) return shares;
  }
  require_memory(needed, limit_gib, available);
  return {};
}

report::Provenance provenance_of(int threads, int ranks, RunSession::Clock::time_point start) {
  auto made_by = provenance();
  made_by.threads = threads;
  made_by.ranks = ranks;
  made_by.wall_seconds = std::chrono::duration<double>(RunSession::Clock::now() - start).count();
  return made_by;
}

std::vector<const StudyRun*> pointers_to(const std::vector<std::unique_ptr<StudyRun>>& runs) {
  std::vector<const StudyRun*> pointers;
  for (const auto& run : runs) pointers.push_back(run.get());
  return pointers;
}

void warn_of_files(const std::vector<std::unique_ptr<StudyRun>>& runs) {
  std::set<std::string> warnings;
  for (const auto& run : runs)
    warnings.insert(run->log().warnings.begin(), run->log().warnings.end());
  for (const auto& warning : warnings) say(warning);
}

double size_of_results(const std::vector<std::unique_ptr<StudyRun>>& runs) {
  return std::accumulate(runs.begin(), runs.end(), 0.0,
                         [](double sum, const auto& run) { return sum + run->size_of_results(); });
}

/// The points' folders, and how the points are run and told of.
class SweepPoints {
 public:
  SweepPoints(const SweepSpec& sweep, const RunFolder& folder, const RunOptions& options,
              const std::vector<std::unique_ptr<StudyRun>>& runs, int ranks)
      : runs_(runs), if_taken_(options.if_taken), ranks_(ranks), outcomes_(runs.size()) {
    const bool resumes = if_taken_ == RunFolder::IfTaken::resume;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      folders_.emplace_back(folder.file(sweep.points[i].folder));
      names_.push_back(name_of(sweep, sweep.points[i]));
      points_.push_back(
          {.work = runs[i]->work(), .is_done = resumes && is_finished(*runs[i], folders_[i])});
    }
  }

  const std::vector<PointPool::Point>& points() const { return points_; }

  /// How many came to their end, now or in an earlier run.
  std::size_t finished() const {
    return finished_ +
           static_cast<std::size_t>(std::count_if(points_.begin(), points_.end(),
                                                  [](const auto& at) { return at.is_done; }));
  }

  bool run(std::size_t i, const PointPool::PointRun& point) {
    const auto begin = RunSession::Clock::now();
    const BegunRun begun(folders_[i], to_toml(runs_[i]->experiment(), folders_[i].path()),
                         if_taken_);
    runs_[i]->use_threads(point.threads());
    const bool is_done = advance(i, point);
    if (is_done) {
      outcomes_[i] = finish(*runs_[i], folders_[i], provenance_of(point.threads(), ranks_, begin),
                            ReportParts::tables, {})
                         .outcome;
      ++finished_;
    }
    return is_done;
  }

  /// Of all points; those that an earlier run finished are judged anew.
  std::vector<StudyOutcome> outcomes(const OnStage& on_stage) {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (!points_[i].is_done) continue;
      on_stage(fmt::format("judging: point {} of {}", i + 1, runs_.size()));
      outcomes_[i] = kind_of(runs_[i]->experiment())
                         .recall({runs_[i]->experiment(), record_of(*runs_[i], folders_[i], {})},
                                 folders_[i].file("results.h5").string(), {})
                         .outcome;
    }
    return std::move(outcomes_);
  }

 private:
  /// What is refused while the point computes names it.
  bool advance(std::size_t i, const PointPool::PointRun& point) {
    try {
      return runs_[i]->advance(folders_[i], [&](const RunProgress& progress) {
        return point.report(progress.fraction);
      });
    } catch (const model::InputError& error) {
      throw model::InputError(fmt::format("sweep, {}: {}", names_[i], error.what()));
    }
  }

  const std::vector<std::unique_ptr<StudyRun>>& runs_;
  RunFolder::IfTaken if_taken_;
  int ranks_;
  std::vector<RunFolder> folders_;
  std::vector<std::string> names_;
  std::vector<PointPool::Point> points_;
  std::vector<StudyOutcome> outcomes_;
  std::atomic<std::size_t> finished_ = 0;  ///< by this run
};

}  // namespace

int run_sweep(const SweepSpec& sweep, const RunOptions& options, Ranks& ranks,
              RunSession::Clock::time_point start) {
  const auto runs = make_runs(sweep);
  const auto shares = shares_of(runs, options.threads,
                                sweep.points.front().experiment.simulation().memory_gib, ranks);
  const PointGroups groups(pointers_to(runs));
  ranks.compare(common_ground(sweep.resolved, pointers_to(runs)), groups.workers());
  if (!ranks.is_first()) {
    ranks.serve([&](BlockName name) { return groups.compute(name); });
    return 0;
  }
  auto help = groups.help(ranks.remote_blocks());
  for (std::size_t i = 0; i < help.size(); ++i) runs[i]->take_help(&help[i]);
  if (!options.quiet)
    for (const auto& note : sweep.notes) say(note);
  warn_of_files(runs);
  announce_results(size_of_results(runs));
  const RunFolder folder(options.out.value_or("runs/" + sweep.name()));
  const BegunRun begun(folder, resolved_in(sweep, folder.path()), options.if_taken);
  if (options.if_taken == RunFolder::IfTaken::resume && begun.is_new() && !options.quiet)
    folder.tell_of_nothing_to_resume();
  SweepPoints points(sweep, folder, options, runs, ranks.count());
  RunSession session(start, options.time_limit, options.quiet);
  PointPool pool(points.points(), shares.threads, shares.at_a_time);
  const bool is_done = pool.run(
      [&](std::size_t i, const PointPool::PointRun& point) { return points.run(i, point); },
      [&](const PointPool::Progress& progress) { return session.go_on(run_progress(progress)); });
  const auto interrupted_here = [&] {
    session.clear_line();
    say(interrupted_text(
        fmt::format("{} of {} points are finished", points.finished(), runs.size()), options,
        ranks.count()));
    return interrupted;
  };
  if (!is_done) return interrupted_here();
  SweepReport report;
  try {
    report =
        judge_sweep(sweep, points.outcomes([&](std::string_view stage) { session.enter(stage); }));
    session.enter({});
  } catch (const Interrupted&) {
    return interrupted_here();
  }
  write_sweep_report(folder, sweep, provenance_of(options.threads, ranks.count(), start), report);
  if (!options.quiet) {
    fmt::print("{}written to {} in {:.1f} s\n", terminal_text(sweep, report),
               folder.path().string(),
               std::chrono::duration<double>(RunSession::Clock::now() - start).count());
  }
  return exit_status(report.verdict);
}

int report_sweep(const SweepSpec& sweep, const RunFolder& folder, bool quiet) {
  std::vector<StudyOutcome> outcomes;
  auto made_by = provenance();
  take_cost(folder, made_by);
  ProgressLine line(quiet);
  for (const auto& point : sweep.points) {
    line.show(fmt::format("judging: {}", point.folder));
    outcomes.push_back(
        recall_point(RunFolder(folder.file(point.folder)), with_its_share(sweep, point)));
  }
  line.show(std::string_view());
  const auto report = judge_sweep(sweep, std::move(outcomes));
  write_sweep_report(folder, sweep, made_by, report);
  if (!quiet) fmt::print("{}", terminal_text(sweep, report));
  return 0;
}

}  // namespace wideproof::app
