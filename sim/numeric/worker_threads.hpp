// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace wideproof::sim {

/// Runs work(0) … work(threads − 1), each on a thread of its own, and returns when all have. In
/// each of them LibTorch and BLAS compute on that thread alone: what runs in parallel here is
/// networks or blocks of neurons. `work` must not throw. Throws std::system_error, with no work
/// begun, where a thread cannot be started.
void on_worker_threads(int threads, const std::function<void(int)>& work);

}  // namespace wideproof::sim
