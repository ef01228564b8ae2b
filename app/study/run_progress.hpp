// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace wideproof::app {

/// How far a run has come.
struct RunProgress {
  double fraction = 0.0;         ///< of the whole run's work, as far as it can be told
  double block_work = 0.0;       ///< of what has just been done, in units that compare
  double next_block_work = 0.0;  ///< of what comes next; 0 at the end
  std::string text;              ///< such as "width 256: 12 of 600 networks"
  std::int64_t stage = 0;        ///< such as the width
  std::int64_t done = 0;         ///< things done in this stage, of which a rate is told
};

/// Called after each piece of work, from one thread at a time; returning false ends the session.
using GoOn = std::function<bool(const RunProgress&)>;

/// Told what a study does next once all is sampled, such as "judging: the limits"; empty when it
/// has nothing more to tell.
using OnStage = std::function<void(std::string_view)>;

}  // namespace wideproof::app
