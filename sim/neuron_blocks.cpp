// SPDX-License-Identifier: MIT
#include <wideproof/sim/neuron_blocks.hpp>

#include <algorithm>

namespace wideproof::sim {
namespace {

constexpr std::int64_t numbers_per_block = std::int64_t{1} << 16;
constexpr std::int64_t neurons_per_run = std::int64_t{1} << 13;

}  // namespace

NeuronBlocks::NeuronBlocks(std::int64_t inputs, std::int64_t width)
    : inputs_(inputs),
      width_(width),
      // With many inputs a product needs some neurons to be fast, cache or not.
      block_width_(std::clamp<std::int64_t>(numbers_per_block / inputs / 64 * 64, 256, 4096)),
      blocks_per_run_(std::max<std::int64_t>(neurons_per_run / block_width_, 1)) {}

}  // namespace wideproof::sim
