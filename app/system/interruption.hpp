// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// From construction to destruction SIGINT, SIGTERM, SIGUSR1 and SIGHUP, which a closed terminal
/// sends, only raise a flag, so that a run can write its checkpoint before it ends; a SIGHUP that
/// nohup had ignored stays so. A signal that comes two seconds or more after another ends the
/// program at once. mpirun passes on SIGUSR1 alone without killing the job a second later. One
/// guard at a time.
class InterruptionGuard {
 public:
  InterruptionGuard();
  ~InterruptionGuard();
  InterruptionGuard(const InterruptionGuard&) = delete;
  InterruptionGuard& operator=(const InterruptionGuard&) = delete;

  bool raised() const;

 private:
  bool heeds_hangup_ = true;
};

}  // namespace wideproof::app
