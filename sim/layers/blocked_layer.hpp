// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/neuron_blocks.hpp>

namespace wideproof::sim {

/// A P × n matrix that lies in memory block of neurons by block of neurons, each block P × size and
/// contiguous: rows n apart would share the cache's sets where n is a power of two.
class BlockedLayer {
 public:
  BlockedLayer(const NeuronBlocks& blocks, at::ScalarType dtype);

  const NeuronBlocks& blocks() const { return blocks_; }

  /// A view, P × size(block).
  at::Tensor block(std::int64_t block) const;

  /// A copy of what input `input` has on all neurons, n.
  at::Tensor row(std::int64_t input) const;
  void set_row(std::int64_t input, const at::Tensor& values);

 private:
  NeuronBlocks blocks_;
  at::Tensor full_;  ///< blocks − 1 × P × block_width
  at::Tensor last_;  ///< P × size of the last block
};

}  // namespace wideproof::sim
