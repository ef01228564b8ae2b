// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/neuron_blocks.hpp>

#include <algorithm>

namespace wideproof::sim {
namespace {

constexpr std::int64_t numbers_per_block = std::int64_t{1} << 16;
constexpr std::int64_t neurons_per_run = std::int64_t{1} << 13;

/// An odd multiple of 64: rows a power of two apart would share the first-level cache's sets, which
/// halves the speed of products.
std::int64_t block_width_for(std::int64_t inputs) {
  const std::int64_t columns = numbers_per_block / inputs / 64;
  // With many inputs a product needs some neurons to be fast, cache or not.
  return 64 * (std::clamp<std::int64_t>(columns - 1, 5, 63) | 1);
}

}  // namespace

NeuronBlocks::NeuronBlocks(std::int64_t inputs, std::int64_t width)
    : inputs_(inputs),
      width_(width),
      block_width_(block_width_for(inputs)),
      blocks_per_run_(std::max<std::int64_t>(neurons_per_run / block_width_, 1)) {}

}  // namespace wideproof::sim
