// SPDX-License-Identifier: MIT
#include <wideproof/sim/direct_sampler.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <torch/torch.h>

#include <wideproof/sim/field_stream.hpp>

namespace wideproof::sim {
namespace {

/// Weights held at a time: small enough to stay in the second-level cache on their way from the
/// generator to the product.
constexpr std::int64_t block_weights = std::int64_t{1} << 17;

}  // namespace

DirectSampler::DirectSampler(SampledLaw law, std::int64_t width, torch::Tensor inputs)
    : law_(std::move(law)),
      width_(width),
      inputs_(std::move(inputs)),
      presynaptic_(law_.network.presynaptic(), width),
      postsynaptic_(law_.network.postsynaptic(), width),
      activation_(law_) {}

void DirectSampler::sample(std::uint64_t seed, std::int64_t replicate, const Visitor& visit) const {
  const torch::NoGradGuard no_grad;
  const NetworkId id{seed, width_, replicate};
  const std::int64_t depth = law_.network.depth();
  auto presynaptic = inputs_;
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    const auto h = preactivations(id, layer, presynaptic);
    const auto z = activation_(h, layer);
    // W = s F_A X F_B acts on z as F_Bᵀ: convolving W's rows is correlating z.
    presynaptic = layer < depth ? presynaptic_.correlate(z) : torch::Tensor();
    visit(layer, h, z, presynaptic);
  }
}

LayerOutputs DirectSampler::outputs(std::uint64_t seed, std::int64_t replicate) const {
  LayerOutputs outputs;
  sample(seed, replicate, [&](auto, const auto& h, const auto& z, const auto&) {
    outputs.preactivations.push_back(h);
    outputs.activations.push_back(z);
  });
  return outputs;
}

torch::Tensor DirectSampler::preactivations(const NetworkId& id, std::int64_t layer,
                                            const torch::Tensor& presynaptic) const {
  const std::int64_t fan_in = presynaptic.size(1);
  const std::int64_t block_rows = std::clamp<std::int64_t>(block_weights / fan_in, 1, width_);
  FieldStream weights(id, Purpose::weights, layer, inputs_.scalar_type());
  auto block = torch::empty({block_rows, fan_in}, inputs_.options());
  // Neurons down, inputs across, until the end: each block's product is contiguous in it.
  const auto across = presynaptic.t().contiguous();
  auto neurons = torch::empty({width_, inputs_.size(0)}, inputs_.options());
  for (std::int64_t row = 0; row < width_; row += block_rows) {
    const std::int64_t rows = std::min(block_rows, width_ - row);
    auto x = block.narrow(0, 0, rows);
    weights.fill(x);
    auto product = neurons.narrow(0, row, rows);
    torch::mm_out(product, x, across);
  }
  auto h = neurons.t().contiguous();
  if (layer > 1) {
    h *= std::sqrt(law_.weight_variance / static_cast<double>(width_));
    if (law_.network.bias_variance() > 0) {
      FieldStream biases(id, Purpose::biases, layer, inputs_.scalar_type());
      h += std::sqrt(law_.network.bias_variance()) * biases.next(1, width_);
    }
  }
  return postsynaptic_.convolve(h);
}

}  // namespace wideproof::sim
