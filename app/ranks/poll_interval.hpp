// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace wideproof::app {

/// Waits between two looks for a message. MPI's own waiting spins on a core that others compute on.
/// Sleeps the longer the longer nothing came, so that a look is late by a small part of what was
/// waited for.
class PollInterval {
 public:
  void wait() const {
    using std::chrono::microseconds;
    const auto waited = Clock::now() - last_news_;
    std::this_thread::sleep_for(
        std::clamp<Clock::duration>(waited / 32, microseconds(100), microseconds(2000)));
  }
  void news() { last_news_ = Clock::now(); }

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point last_news_ = Clock::now();
};

}  // namespace wideproof::app
