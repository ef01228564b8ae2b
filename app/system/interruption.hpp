// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// From construction to destruction SIGINT, SIGTERM and SIGUSR1 only raise a flag, so that a run
/// can write its checkpoint before it ends; one that comes two seconds after another ends it at
/// once. mpirun passes SIGUSR1 on without ending the job by
/// force a second later. One at a time.
class InterruptionGuard {
 public:
  InterruptionGuard();
  ~InterruptionGuard();
  InterruptionGuard(const InterruptionGuard&) = delete;
  InterruptionGuard& operator=(const InterruptionGuard&) = delete;

  bool raised() const;
};

}  // namespace wideproof::app
