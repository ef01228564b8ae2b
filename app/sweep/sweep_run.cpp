// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_run.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/results_file.hpp>
#include <wideproof/app/kinds/gram/run_report.hpp>
#include <wideproof/app/kinds/study_factory.hpp>
#include <wideproof/app/study/finished_run.hpp>
#include <wideproof/app/sweep/point_pool.hpp>
#include <wideproof/app/sweep/sweep_report.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/app/system/memory.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

/// The point as it is run: its share of the family error is its own.
model::Experiment with_its_share(const SweepSpec& sweep, const SweepPoint& point) {
  auto options = point.experiment.options();
  // All points agree only if each does, so that agreement needs no share.
  if (options.study.kind == model::StudyKind::generalization && !options.compare.agreement_error) {
    options.compare.agreement_error = options.compare.family_error;
  }
  options.compare.family_error = family_error_of_a_point(sweep);
  return model::Experiment(std::move(options));
}

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
  StudyFactory factory;
  std::vector<std::unique_ptr<StudyRun>> runs;
  for (const auto& point : sweep.points) {
    try {
      runs.push_back(factory.make(with_its_share(sweep, point)));
    } catch (const model::InputError& error) {
      if (!runs.empty()) require_files_that_read_again(runs.front()->log().files);
      throw model::InputError(fmt::format("sweep, {} ({}): {}", point.folder,
                                          point_text(sweep.keys, point.values), error.what()));
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
                 const std::optional<double>& limit_gib) {
  const auto available = limit_gib ? std::optional(*limit_gib * gib) : available_memory(threads);
  Shares shares;
  double needed = 0;
  for (shares.threads = threads; shares.threads >= 1; --shares.threads) {
    shares.at_a_time = std::min(shares.threads, static_cast<int>(runs.size()));
    const int each = (shares.threads + shares.at_a_time - 1) / shares.at_a_time;
    needed = 0;
    for (const auto& run : runs) {
      run->use_threads(each);
      needed = std::max(needed, run->memory());
    }
    needed *= shares.at_a_time;
    if (!available || needed <= *available) return shares;
  }
  require_memory(needed, limit_gib, available);
  return {};
}

Provenance provenance_of(int threads, Sitting::Clock::time_point start) {
  Provenance made_by = provenance();
  made_by.threads = threads;
  made_by.wall_seconds = std::chrono::duration<double>(Sitting::Clock::now() - start).count();
  return made_by;
}

}  // namespace

int run_sweep(const SweepSpec& sweep, const Command& command, Sitting::Clock::time_point start) {
  const auto runs = make_runs(sweep);
  const auto shares =
      shares_of(runs, command.threads, sweep.points.front().experiment.simulation().memory_gib);
  std::set<std::string> warnings;
  for (const auto& run : runs)
    warnings.insert(run->log().warnings.begin(), run->log().warnings.end());
  for (const auto& warning : warnings) say(warning);
  announce_results(std::accumulate(runs.begin(), runs.end(), 0.0, [](double sum, const auto& run) {
    return sum + run->size_of_results();
  }));
  const RunFolder folder(command.out.value_or("runs/" + sweep.name()));
  const auto lock = folder.lock();
  folder.claim(sweep.resolved, command.if_taken);
  std::vector<RunFolder> folders;
  std::vector<PointPool::Point> points;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    folders.emplace_back(folder.file(sweep.points[i].folder));
    points.push_back({.work = runs[i]->work(),
                      .is_done = command.if_taken == RunFolder::IfTaken::resume &&
                                 runs[i]->is_finished(folders[i])});
  }

  std::vector<StudyOutcome> outcomes(runs.size());
  const auto run_point = [&](std::size_t i, const PointPool::Turn& turn) {
    const auto begin = Sitting::Clock::now();
    const auto lock_of_point = folders[i].lock();
    folders[i].claim(to_toml(runs[i]->experiment()), command.if_taken);
    runs[i]->use_threads(turn.threads());
    const bool is_done = runs[i]->advance(
        folders[i], [&](const RunProgress& progress) { return turn.report(progress.fraction); });
    if (is_done) {
      outcomes[i] = runs[i]->finish(folders[i], provenance_of(turn.threads(), begin),
                                    ReportParts::tables, {});
    }
    return is_done;
  };
  const bool is_done = [&] {
    Sitting sitting(start, command.time_limit, command.quiet);
    PointPool pool(points, shares.threads, shares.at_a_time);
    return pool.run(run_point, [&](const PointPool::Progress& progress) {
      // A time limit stops the points at their next report, wherever they are.
      return sitting.go_on({.fraction = progress.fraction,
                            .block_work = 1,
                            .next_block_work = 0,
                            .text = in_words(progress),
                            .stage = 0,
                            .done = 0});
    });
  }();
  if (!is_done) {
    say(fmt::format("interrupted; --resume goes on from {}", folder.path().string()));
    return interrupted;
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (points[i].is_done) outcomes[i] = runs[i]->recall(folders[i]);
  }
  const auto made_by = provenance_of(command.threads, start);
  const auto report = judge(sweep, std::move(outcomes));
  write_report(folder, sweep, made_by, report);
  if (!command.quiet) {
    fmt::print("{}written to {} in {:.1f} s\n", terminal_text(sweep, report),
               folder.path().string(), provenance_of(command.threads, start).wall_seconds);
  }
  return exit_status(report.verdict);
}

int report_sweep(const SweepSpec& sweep, const RunFolder& folder, bool quiet) {
  std::vector<StudyOutcome> outcomes;
  Provenance made_by = provenance();
  take_cost(folder, made_by);
  for (const auto& point : sweep.points) {
    outcomes.push_back(
        recall_point(RunFolder(folder.file(point.folder)), with_its_share(sweep, point)));
  }
  const auto report = judge(sweep, std::move(outcomes));
  write_report(folder, sweep, made_by, report);
  if (!quiet) fmt::print("{}", terminal_text(sweep, report));
  return 0;
}

}  // namespace wideproof::app
