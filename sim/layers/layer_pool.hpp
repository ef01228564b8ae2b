// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/blocked_layer.hpp>

namespace wideproof::sim {

/// Layers to write to, used again from network to network: the system would page fresh memory in
/// for each of them, at a third of a wide network's cost. Holds as many as are ever in use at a
/// time.
class LayerPool {
 public:
  LayerPool(const NeuronBlocks& blocks, at::ScalarType dtype) : blocks_(blocks), dtype_(dtype) {}

  const NeuronBlocks& blocks() const { return blocks_; }
  at::ScalarType dtype() const { return dtype_; }

  /// A layer of any content, until give_back().
  BlockedLayer take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return {blocks_, dtype_};
    BlockedLayer layer = std::move(free_.back());
    free_.pop_back();
    return layer;
  }

  void give_back(BlockedLayer layer) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(layer));
  }

 private:
  NeuronBlocks blocks_;
  at::ScalarType dtype_;
  std::mutex mutex_;
  std::vector<BlockedLayer> free_;
};

}  // namespace wideproof::sim
