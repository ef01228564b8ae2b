// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::sim {

/// How a layer's n neurons are cut into blocks: a block of all P inputs' pre-activations stays in
/// the second-level cache from the random numbers to its part of the Gram. Part of the definition
/// of a sampled network, so it depends on P alone, never on threads.
class NeuronBlocks {
 public:
  NeuronBlocks(std::int64_t inputs, std::int64_t width);

  /// The same blocks, of another number of inputs.
  NeuronBlocks with_inputs(std::int64_t inputs) const {
    auto blocks = *this;
    blocks.inputs_ = inputs;
    return blocks;
  }

  std::int64_t inputs() const { return inputs_; }
  std::int64_t width() const { return width_; }
  /// Neurons of every block but the last; an odd multiple of 64.
  std::int64_t block_width() const { return block_width_; }
  std::int64_t count() const { return (width_ + block_width_ - 1) / block_width_; }
  std::int64_t first(std::int64_t block) const { return block * block_width_; }
  std::int64_t size(std::int64_t block) const {
    return block + 1 < count() ? block_width_ : width_ - first(block);
  }

  /// Runs of blocks, whose Gram is summed in the network's dtype before it is added up in double.
  std::int64_t runs() const { return (count() + blocks_per_run_ - 1) / blocks_per_run_; }
  std::int64_t run_begin(std::int64_t run) const { return run * blocks_per_run_; }
  std::int64_t run_end(std::int64_t run) const {
    return run + 1 < runs() ? run_begin(run + 1) : count();
  }

 private:
  std::int64_t inputs_;
  std::int64_t width_;
  std::int64_t block_width_;
  std::int64_t blocks_per_run_;
};

}  // namespace wideproof::sim
