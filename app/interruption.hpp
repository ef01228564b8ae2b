// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// From construction to destruction SIGINT and SIGTERM only raise a flag, so that a run can write
/// its checkpoint before it ends. One at a time.
class InterruptionGuard {
 public:
  InterruptionGuard();
  ~InterruptionGuard();
  InterruptionGuard(const InterruptionGuard&) = delete;
  InterruptionGuard& operator=(const InterruptionGuard&) = delete;

  bool raised() const;
};

}  // namespace wideproof::app
