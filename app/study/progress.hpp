// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <wideproof/app/study/run_progress.hpp>

namespace wideproof::app {

/// "width 256: 40 of 600 networks, 35/s; 12% in all, about 41 s left". The rate is that of the
/// stage, the time left that of this session; either is missing until it is known.
class ProgressText {
 public:
  /// `seconds` since the session began.
  std::string line(const RunProgress& progress, double seconds);

 private:
  double first_fraction_ = -1.0;  ///< where this session began
  std::int64_t stage_ = -1;
  std::int64_t first_done_ = 0;  ///< in the stage, when it was first seen
  double first_seconds_ = 0.0;   ///< likewise
};

/// One line on stderr that says how far a run has come and when it will end; nothing unless stderr
/// is a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const RunProgress& progress);

  /// Shows `text` instead, or with nothing to show clears the line.
  void show(std::string_view text);

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_;
  ProgressText text_;
  bool is_dirty_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace wideproof::app
