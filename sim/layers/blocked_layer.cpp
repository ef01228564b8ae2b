// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/blocked_layer.hpp>

#include <torch/types.h>

namespace wideproof::sim {

BlockedLayer::BlockedLayer(const NeuronBlocks& blocks, torch::ScalarType dtype)
    : blocks_(blocks),
      full_(torch::empty({blocks.count() - 1, blocks.inputs(), blocks.block_width()}, dtype)),
      last_(torch::empty({blocks.inputs(), blocks.size(blocks.count() - 1)}, dtype)) {}

torch::Tensor BlockedLayer::block(std::int64_t block) const {
  return block + 1 < blocks_.count() ? full_[block] : last_;
}

torch::Tensor BlockedLayer::row(std::int64_t input) const {
  return torch::cat({full_.select(1, input).reshape(-1), last_[input]});
}

void BlockedLayer::set_row(std::int64_t input, const torch::Tensor& values) {
  const std::int64_t in_full = full_.size(0) * full_.size(2);
  full_.select(1, input).copy_(values.narrow(0, 0, in_full).view({full_.size(0), full_.size(2)}));
  last_[input].copy_(values.narrow(0, in_full, values.size(0) - in_full));
}

}  // namespace wideproof::sim
