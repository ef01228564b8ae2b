// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// From construction to destruction SIGINT, SIGTERM and SIGUSR1 only raise a flag, so that a run
/// can write its checkpoint before it ends. A signal that comes two seconds or more after another
/// ends the program at once. Of the three, mpirun passes on SIGUSR1 alone without killing the job a
/// second later. One guard at a time.
class InterruptionGuard {
 public:
  InterruptionGuard();
  ~InterruptionGuard();
  InterruptionGuard(const InterruptionGuard&) = delete;
  InterruptionGuard& operator=(const InterruptionGuard&) = delete;

  bool raised() const;
};

}  // namespace wideproof::app
