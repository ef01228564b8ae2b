// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include <wideproof/sim/moment_accumulator.hpp>

namespace wideproof::sim {

/// Computes blocks 0…blocks−1 on `threads` threads and hands the results to `merge` in block
/// order, one at a time, so that sums come out the same for any number of threads. At most a few
/// blocks a thread wait for their turn.
///
/// `merge` returns false to stop: no further block is started, and the function returns false.
/// An exception from `compute` or `merge` stops all threads and is rethrown.
bool run_ordered_blocks(std::int64_t blocks, int threads,
                        const std::function<MomentAccumulator(std::int64_t)>& compute,
                        const std::function<bool(const MomentAccumulator&)>& merge);

}  // namespace wideproof::sim
