// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

#include <wideproof/sim/numeric/ordered_blocks.hpp>

namespace wideproof::sim {

/// Numbers of a layer that are drawn or activated at a time.
inline constexpr std::int64_t layer_numbers_at_once = std::int64_t{1} << 17;

/// Calls work(first, count) for `size` numbers, `at_once` at a time.
template <class Work>
void in_blocks(std::int64_t size, std::int64_t at_once, int threads, const Work& work) {
  for_each_block((size + at_once - 1) / at_once, threads, [&](std::int64_t block) {
    work(block * at_once, std::min(at_once, size - block * at_once));
  });
}

}  // namespace wideproof::sim
