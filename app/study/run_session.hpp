// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <string_view>

#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/app/system/interruption.hpp>

namespace wideproof::app {

/// Says that a signal has ended a run's work after all of it was computed.
class Interrupted : public std::exception {};

/// The time in which one process works on a run: shows the progress, and ends the work when a
/// signal arrives or the time limit is near. One at a time.
class RunSession {
 public:
  using Clock = std::chrono::steady_clock;

  /// `start`: when the time that `limit` (in seconds) bounds began to run.
  RunSession(Clock::time_point start, std::optional<double> limit, bool quiet);

  /// Whether to go on.
  bool go_on(const RunProgress& progress);

  /// Once all is computed: shows what is done next. Throws Interrupted where a signal has come.
  void enter(std::string_view stage);

  /// Leaves the terminal's line to others.
  void clear_line() { line_.show(std::string_view()); }

 private:
  /// Whether the next piece may end after the limit, taking its work to go as slowly as the slowest
  /// so far.
  bool limit_is_near(const RunProgress& progress);

  Clock::time_point start_;
  std::optional<double> limit_;
  Clock::time_point last_ = Clock::now();
  double seconds_per_work_ = 0.0;
  InterruptionGuard interruption_;
  ProgressLine line_;
};

}  // namespace wideproof::app
