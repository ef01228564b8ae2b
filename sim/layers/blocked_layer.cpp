// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/blocked_layer.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>

namespace wideproof::sim {

BlockedLayer::BlockedLayer(const NeuronBlocks& blocks, at::ScalarType dtype)
    : blocks_(blocks),
      full_(at::empty({blocks.count() - 1, blocks.inputs(), blocks.block_width()}, dtype)),
      last_(at::empty({blocks.inputs(), blocks.size(blocks.count() - 1)}, dtype)) {}

at::Tensor BlockedLayer::block(std::int64_t block) const {
  return block + 1 < blocks_.count() ? full_[block] : last_;
}

at::Tensor BlockedLayer::row(std::int64_t input) const {
  return at::cat({full_.select(1, input).reshape(-1), last_[input]});
}

void BlockedLayer::set_row(std::int64_t input, const at::Tensor& values) {
  const std::int64_t in_full = full_.size(0) * full_.size(2);
  full_.select(1, input).copy_(values.narrow(0, 0, in_full).view({full_.size(0), full_.size(2)}));
  last_[input].copy_(values.narrow(0, in_full, values.size(0) - in_full));
}

}  // namespace wideproof::sim
