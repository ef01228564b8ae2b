// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_layers.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/ensembles/ensemble_products.hpp>
#include <wideproof/sim/ensembles/number_blocks.hpp>
#include <wideproof/sim/ensembles/synapse_learning.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Neurons that tell a layer's scale.
constexpr std::int64_t neurons_of_scale = 16;

double mean_square(const at::Tensor& h) {
  const auto some = h.narrow(0, 0, std::min(neurons_of_scale, h.size(0))).to(at::kDouble);
  return some.square().mean().item<double>();
}

}  // namespace

at::Tensor EnsembleLayers::biases(std::uint64_t seed, std::int64_t replicate,
                                  std::int64_t layer) const {
  if (!shape_.has_bias(layer)) return at::zeros({shape_.width()}, shape_.dtype());
  const NormalStream stream(stream_name({seed, shape_.width(), replicate}, Purpose::biases, layer));
  return normal_tensor(stream, 0, 1, shape_.width(), shape_.dtype())[0].mul_(
      std::sqrt(shape_.options().law.network.bias_variance()));
}

at::Tensor EnsembleLayers::weights(std::uint64_t seed, std::int64_t replicate, std::int64_t layer,
                                   int threads) const {
  const SynapseWeights weights(shape_.options().synapses, {seed, shape_.width(), replicate},
                               shape_.synapse_layer(layer), shape_.dtype(), threads);
  return weights.rows(0, shape_.width());
}

void EnsembleLayers::preactivate(const NetworkId& id, std::int64_t layer, int threads,
                                 const at::Tensor& x, double unit, at::Tensor& h) const {
  const auto& synapses = shape_.options().synapses;
  const auto synapse_layer = shape_.synapse_layer(layer);
  if (shape_.is_collapsed(layer)) {
    const auto products = shape_.options().ensemble.is_data() ? at::kDouble : shape_.dtype();
    return collapsed_product(synapses, id, synapse_layer, x, products, threads, h);
  }
  const SynapseWeights weights(synapses, id, synapse_layer, shape_.dtype(), threads);
  std::optional<SynapseLearning> learning;
  at::Tensor biases;
  if (synapses.learns()) {
    const auto samples = shape_.samples();
    learning.emplace(synapses, activation_, id, layer, x.narrow(1, samples, samples).contiguous(),
                     unit);
    if (shape_.has_bias(layer)) biases = this->biases(id.seed, id.replicate, layer).div_(unit);
  }
  const auto rows = [&](std::int64_t first, std::int64_t count) {
    auto block = weights.rows(first, count);
    if (learning) {
      learning->change(first, block,
                       biases.defined() ? biases.narrow(0, first, count).unsqueeze(1) : biases);
    }
    return block;
  };
  direct_product(x, threads, rows, h);
}

void EnsembleLayers::activate(const NetworkId& id, std::int64_t layer, int threads, LayerUnit& unit,
                              at::Tensor& h) const {
  const bool is_biased = shape_.has_bias(layer);
  const auto biases = this->biases(id.seed, id.replicate, layer).unsqueeze(1);
  const double bias =
      std::sqrt(shape_.options().law.network.bias_variance()) / unit.of_activations();
  const double before = unit.of_activations();
  const double change =
      unit.renew(mean_square(h) + (is_biased ? bias * bias : 0), activation_.activation());
  const std::int64_t samples = h.size(1);
  const auto neurons = std::max<std::int64_t>(layer_numbers_at_once / samples, 1);
  if (is_biased || change != 1) {
    in_blocks(h.size(0), neurons, threads, [&](std::int64_t first, std::int64_t count) {
      auto part = h.narrow(0, first, count).div_(change);
      if (is_biased) part.add_(biases.narrow(0, first, count), 1 / (before * change));
    });
  }
  at::Tensor threshold;
  if (activation_.has_threshold()) {
    threshold = at::empty({1, samples}, h.options());
    const auto at_once = std::max<std::int64_t>(layer_numbers_at_once / h.size(0), 16);
    in_blocks(samples, at_once, threads, [&](std::int64_t first, std::int64_t count) {
      const auto rows = h.narrow(1, first, count).t().contiguous();
      threshold.narrow(1, first, count)
          .copy_(activation_.threshold(rows, layer, unit.of_preactivations()).t());
    });
  }
  in_blocks(h.size(0), neurons, threads, [&](std::int64_t first, std::int64_t count) {
    auto part = h.narrow(0, first, count);
    activation_.overwrite(part, threshold);
  });
}

}  // namespace wideproof::sim
