// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include <wideproof/app/run_progress.hpp>

namespace wideproof::app {

/// One line on stderr that says how far a simulation has come and when it will end; nothing unless
/// stderr is a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const RunProgress& progress);
  /// `fraction` of the whole work, beside `text`.
  void show(double fraction, const std::string& text);

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_;
  double first_fraction_ = -1.0;  ///< where this sitting began
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace wideproof::app
