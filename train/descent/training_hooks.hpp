// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace wideproof::train {

/// How far the training of one network has come.
struct Progress {
  std::int64_t step = 0;   ///< steps taken
  std::int64_t steps = 0;  ///< that will be taken, unless it stops early
};

/// How to watch a training, to stop it, and to go on with it later, bit for bit.
struct Hooks {
  /// Called after each step but the last, on the training's own thread; false: stop. May be empty.
  std::function<bool(const Progress&)> go_on = {};
  /// What an earlier training of the same network, under the same options, `saved`; empty: train
  /// from the start.
  std::string resume_from = {};
  /// Gets all that is needed to go on, where go_on() stopped the training, else an empty string.
  /// May be null.
  std::string* saved = nullptr;
};

}  // namespace wideproof::train
