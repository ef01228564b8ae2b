// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/synapse_learning.hpp>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <wideproof/model/input_error.hpp>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/random/random_order.hpp>

namespace wideproof::sim {
namespace {

at::Tensor row_norms(const at::Tensor& weights) {
  return weights.norm(2, 1, /*keepdim=*/true);
}

}  // namespace

SynapseLearning::SynapseLearning(const model::Synapses& synapses, const LayerActivation& activation,
                                 const NetworkId& id, std::int64_t layer, const at::Tensor& inputs,
                                 double unit)
    : synapses_(synapses),
      activation_(activation),
      orders_(stream_name(id, Purpose::row_orders, layer)),
      layer_(layer),
      unit_(unit),
      inputs_(inputs),
      transposed_(inputs.t().contiguous()) {}

void SynapseLearning::change(std::int64_t first, at::Tensor& weights,
                             const at::Tensor& biases) const {
  learn(weights, biases);
  if (synapses_.shuffled) shuffle(first, weights);
}

void SynapseLearning::learn(at::Tensor& weights, const at::Tensor& biases) const {
  const auto norms = row_norms(weights);
  const auto samples = static_cast<double>(inputs_.size(1));
  const double rate = synapses_.rate * unit_ * unit_ / samples;
  const auto none = at::empty({inputs_.size(1), 0}, inputs_.options());
  const auto threshold =
      activation_.has_threshold() ? activation_.threshold(none, layer_, unit_).t() : at::Tensor();
  auto h = at::empty({weights.size(0), inputs_.size(1)}, weights.options());
  auto pull = at::empty_like(weights);
  for (std::int64_t step = 0; step < synapses_.steps; ++step) {
    multiply(weights, inputs_, h);
    const auto y = activation_.apply(biases.defined() ? h + biases : h, threshold).contiguous();
    multiply(y, transposed_, pull);
    if (synapses_.learning == model::SynapseLearning::hebb) {
      weights.add_(pull, rate);
      weights.mul_(norms / row_norms(weights));
    } else {
      const auto decay = (y * h).sum(1, /*keepdim=*/true) / norms.square();
      weights.add_(pull - decay * weights, rate);
    }
  }
  if (!row_norms(weights).isfinite().all().item<bool>()) {
    throw model::InputError(
        "network.synapses.rate", synapses_.rate,
        fmt::format("weights leave all bounds in {} steps at layer {}; lower it", synapses_.steps,
                    layer_));
  }
}

void SynapseLearning::shuffle(std::int64_t first, at::Tensor& weights) const {
  const auto before = weights.clone();
  AT_DISPATCH_FLOATING_TYPES(weights.scalar_type(), "SynapseLearning", [&] {
    for (std::int64_t row = 0; row < weights.size(0); ++row) {
      const auto* from = before.data_ptr<scalar_t>() + row * weights.size(1);
      auto* to = weights.data_ptr<scalar_t>() + row * weights.size(1);
      for (const auto place : random_order(orders_, first + row, weights.size(1))) {
        *to++ = from[place];
      }
    }
  });
}

}  // namespace wideproof::sim
