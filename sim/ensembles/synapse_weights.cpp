// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/synapse_weights.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/copysign.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>

#include <wideproof/sim/ensembles/haar_matrix.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/sim/random/random_order.hpp>

namespace wideproof::sim {
namespace {

using model::SynapseLaw;

at::Tensor as_tensor(const std::vector<double>& numbers, at::ScalarType dtype) {
  return at::tensor(numbers, at::kDouble).to(dtype);
}

}  // namespace

std::vector<double> synapse_signs(const model::Synapses& synapses, const NetworkId& id,
                                  std::int64_t layer, std::int64_t size) {
  if (synapses.signs == model::SynapseSigns::mixed) {
    return balanced_signs(stream_name(id, Purpose::signs, layer), size);
  }
  return std::vector<double>(static_cast<std::size_t>(size), 1.0);
}

SynapseWeights::SynapseWeights(const model::Synapses& synapses, const NetworkId& id,
                               const SynapseLayer& layer, at::ScalarType dtype, int threads)
    : layer_(layer),
      is_binary_(synapses.law == SynapseLaw::binary),
      common_(synapses.correlation_at(layer.units)),
      stream_(stream_name(id, Purpose::weights, layer.number)),
      dtype_(dtype) {
  if (synapses.law == SynapseLaw::orthogonal) {
    const auto size = std::max(layer.units, layer.inputs);
    const double scale =
        std::sqrt(layer.variance * static_cast<double>(size) / static_cast<double>(layer.inputs));
    orthogonal_ = haar_matrix(stream_, size, dtype, threads).mul_(scale);
    return;
  }
  if (is_binary_) common_ = std::sin(std::numbers::pi / 2 * common_);
  if (common_ == 0) return;
  const NormalStream shared(stream_name(id, Purpose::shared_weights, layer.number));
  if (synapses.across == model::SynapseSide::receiving) {
    receiving_ = as_tensor(synapse_signs(synapses, id, layer.number, layer.units), dtype);
    sending_ = normal_tensor(shared, 0, 1, layer.inputs, dtype)[0];
  } else {
    receiving_ = normal_tensor(shared, 0, 1, layer.units, dtype)[0];
    sending_ = as_tensor(synapse_signs(synapses, id, layer.number, layer.inputs), dtype);
  }
}

at::Tensor SynapseWeights::rows(std::int64_t first, std::int64_t count) const {
  if (orthogonal_.defined()) {
    return orthogonal_.narrow(0, first, count)
        .narrow(1, 0, layer_.inputs)
        .clone(at::MemoryFormat::Contiguous);
  }
  auto weights = normal_tensor(stream_, first * layer_.inputs, count, layer_.inputs, dtype_);
  const double scale = std::sqrt(layer_.variance / static_cast<double>(layer_.inputs));
  if (common_ > 0) {
    weights.addr_(receiving_.narrow(0, first, count), sending_, scale * std::sqrt(1 - common_),
                  scale * std::sqrt(common_));
  } else {
    weights.mul_(scale);
  }
  return is_binary_ ? at::copysign(at::full({1, 1}, scale, weights.options()), weights) : weights;
}

}  // namespace wideproof::sim
