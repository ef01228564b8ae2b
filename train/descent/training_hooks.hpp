// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include <wideproof/train/training_progress.hpp>

namespace wideproof::train {

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
