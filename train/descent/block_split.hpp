// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

namespace wideproof::train {

/// 0 … size−1 cut into blocks that nearly fill `most` each. It depends on the size alone, never on
/// the number of threads, so that neither do the bits of what is computed block by block.
class BlockSplit {
 public:
  BlockSplit(std::int64_t size, std::int64_t most) : size_(size) {
    const std::int64_t blocks = std::max<std::int64_t>(1, (size + most - 1) / most);
    const std::int64_t even = (size + blocks - 1) / blocks;
    block_ = std::max<std::int64_t>(1, std::min(most, (even + grain - 1) / grain * grain));
  }

  std::int64_t count() const { return (size_ + block_ - 1) / block_; }
  std::int64_t first(std::int64_t block) const { return block * block_; }
  std::int64_t size(std::int64_t block) const { return std::min(block_, size_ - first(block)); }

 private:
  static constexpr std::int64_t grain = 16;  ///< numbers of a vector

  std::int64_t size_;
  std::int64_t block_ = 1;
};

/// Neurons at a time: a product's rate has levelled off, and their weights fit the cache.
inline constexpr std::int64_t neurons_at_once = 256;
/// Inputs at a time where each is worked on alone.
inline constexpr std::int64_t inputs_at_once = 32;

}  // namespace wideproof::train
