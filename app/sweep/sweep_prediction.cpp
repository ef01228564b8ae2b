// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/sweep_prediction.hpp>

#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/study/run_session.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/sweep/point_pool.hpp>
#include <wideproof/app/sweep/point_refusal.hpp>
#include <wideproof/app/sweep/sweep_report.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

using Clock = RunSession::Clock;

/// The prediction of one point, on the thread that calls.
StudyPrediction predict_point(const SweepSpec& sweep, std::size_t i, const RunOptions& options) {
  const auto predicted = [&](const SweepExperiment& point) {
    return kind_of(point.experiment).predicted(with_its_share(sweep, point), options);
  };
  try {
    return predicted(sweep.points[i]);
  } catch (const model::InputError& error) {
    throw model::InputError(
        point_refusal(i, sweep.keys, name_of(sweep, sweep.points[i]), error.what(),
                      [&] { return refusal_of([&] { predicted(sweep.points.back()); }); }));
  }
}

/// Predicts every point and hands it to `take`; returns whether it came to the end.
bool predict_all(const SweepSpec& sweep, const RunOptions& options, Clock::time_point start,
                 const std::function<void(std::size_t, StudyPrediction)>& take) {
  RunSession session(start, options.time_limit, options.quiet);
  const std::vector<PointPool::Point> points(sweep.points.size());
  PointPool pool(points, options.threads, options.threads);
  return pool.run(
      [&](std::size_t i, const PointPool::PointRun&) {
        take(i, predict_point(sweep, i, options));
        return true;
      },
      [&](const PointPool::Progress& progress) { return session.go_on(run_progress(progress)); });
}

/// Predicted once more, for the matrices of all points at once may not fit into memory.
bool write_points(const SweepSpec& sweep, const RunFolder& folder, const RunOptions& options,
                  Clock::time_point start) {
  return predict_all(sweep, options, start, [&](std::size_t i, const StudyPrediction& predicted) {
    const RunFolder of_point(folder.file(sweep.points[i].folder));
    const auto lock = of_point.lock();
    of_point.claim(to_toml(with_its_share(sweep, sweep.points[i]), of_point.path()),
                   options.if_taken, RunFolder::Resumes::no);
    predicted.write(of_point);
  });
}

}  // namespace

int predict_sweep(const SweepSpec& sweep, const RunOptions& options) {
  const auto start = Clock::now();
  // A kind that does not predict says so of the study, not of one of its points.
  kind_of(sweep.points.front().experiment)
      .predicted(with_its_share(sweep, sweep.points.front()), options);
  std::vector<StudyOutcome> outcomes(sweep.points.size());
  std::set<std::string> warnings;
  std::mutex mutex;
  const bool is_done = predict_all(sweep, options, start, [&](std::size_t i, auto predicted) {
    const std::lock_guard lock(mutex);
    outcomes[i] = std::move(predicted.outcome);
    warnings.insert(predicted.warnings.begin(), predicted.warnings.end());
  });
  for (const auto& warning : warnings) say(warning);
  if (!is_done) {
    say("interrupted; nothing was written");
    return interrupted;
  }
  const auto report = judge_sweep(sweep, std::move(outcomes));
  if (options.out) {
    const RunFolder folder(*options.out);
    const auto lock = folder.lock();
    folder.claim(resolved_in(sweep, folder.path()), options.if_taken, RunFolder::Resumes::no);
    if (!write_points(sweep, folder, options, start)) {
      say(fmt::format("interrupted; {} holds some of the points, and --force begins anew",
                      folder.path().string()));
      return interrupted;
    }
    auto made_by = provenance();
    made_by.threads = options.threads;
    made_by.wall_seconds = std::chrono::duration<double>(Clock::now() - start).count();
    write_sweep_prediction(folder, sweep, made_by, report, options);
  }
  if (!options.quiet)
    fmt::print("{}\n{}\n", prediction_text(sweep, report),
               options.out ? "written to " + *options.out
                           : "--out DIR writes maps, lines and tables into a folder");
  return 0;
}

}  // namespace wideproof::app
