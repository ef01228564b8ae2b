// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_pass.hpp>

#include <algorithm>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/train/descent/block_split.hpp>

namespace wideproof::train {
namespace {

/// The filter beneath weights, where the field is what trains.
sim::LateralConvolver filter_of(const model::LateralFilter& filter,
                                const model::TrainingOptions& options, std::int64_t width) {
  return {options.trained == model::Trained::field ? filter : model::LateralFilter(), width};
}

}  // namespace

NetworkPass::NetworkPass(const TrainableLaw& law, const model::TrainingOptions& options,
                         const std::vector<std::int64_t>& widths, std::int64_t outputs,
                         std::int64_t most_inputs, at::ScalarType dtype, WorkerTeam& team)
    : response_(law.hidden, options.threshold_gradient),
      team_(team),
      outputs_(at::empty({most_inputs, outputs}, dtype)) {
  const auto& network = law.hidden.network;
  for (const auto width : widths) {
    const auto buffer = [&] { return at::empty({most_inputs, width}, dtype); };
    Layer layer{.z = buffer(),
                .gradients = buffer(),
                .presynaptic = filter_of(network.presynaptic(), options, width),
                .postsynaptic = filter_of(network.postsynaptic(), options, width)};
    if (options.dropout > 0) {
      layer.mask = buffer();
      layer.dropped = buffer();
    }
    layer.h = response_.keeps_preactivations() ? buffer() : layer.z;
    const bool is_last = layers_.size() + 1 == widths.size();
    if (!layer.presynaptic.is_identity() && !is_last) layer.filtered = buffer();
    layers_.push_back(std::move(layer));
  }
}

at::Tensor NetworkPass::received(std::size_t layer) const {
  if (layer == 0) return first_;
  const auto& below = layers_[layer - 1];
  return rows_of(below.filtered.defined() ? below.filtered : sent(below));
}

const at::Tensor& NetworkPass::forward(const NetworkParameters& parameters,
                                       const at::Tensor& inputs, const Dropped& dropped) {
  dropped_ = dropped;
  is_dropping_ = dropped.masks != nullptr;
  first_ = inputs;
  inputs_ = inputs.size(0);
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) activate(parameters[layer], layer);
  result_ = rows_of(outputs_);
  const auto& readout = parameters.back();
  const auto z = received(layers_.size());
  const BlockSplit split(inputs_, inputs_at_once);
  team_.for_each(split.count(), [&](std::int64_t block) {
    auto out = result_.narrow(0, split.first(block), split.size(block));
    sim::multiply({.transpose_b = true, .weight = readout.weight_scale},
                  z.narrow(0, split.first(block), split.size(block)), readout.weights, out);
  });
  return result_;
}

void NetworkPass::receive(const LayerParameters& parameters, std::size_t layer, std::int64_t first,
                          std::int64_t size) {
  auto u = rows_of(layers_[layer].h).narrow(1, first, size);
  sim::multiply({.transpose_b = true, .weight = parameters.weight_scale}, received(layer),
                parameters.weights.narrow(0, first, size), u);
  if (parameters.biases.defined()) {
    u.add_(parameters.biases.narrow(0, first, size), parameters.bias_scale);
  }
}

void NetworkPass::activate(const LayerParameters& parameters, std::size_t layer) {
  const auto& buffers = layers_[layer];
  const bool by_rows = response_.needs_whole_layer() || !buffers.postsynaptic.is_identity();
  const BlockSplit split(buffers.z.size(1), neurons_at_once);
  team_.for_each(split.count(), [&](std::int64_t block) {
    const std::int64_t first = split.first(block);
    const std::int64_t size = split.size(block);
    receive(parameters, layer, first, size);
    if (by_rows) return;
    auto z = rows_of(buffers.z).narrow(1, first, size);
    const auto h = buffers.h.is_same(buffers.z) ? z : rows_of(buffers.h).narrow(1, first, size);
    response_.activate(h, static_cast<std::int64_t>(layer) + 1, z);
  });
  if (by_rows || is_dropping_ || buffers.filtered.defined()) activate_rows(layer);
}

void NetworkPass::activate_rows(std::size_t layer) {
  const auto& buffers = layers_[layer];
  const bool by_rows = response_.needs_whole_layer() || !buffers.postsynaptic.is_identity();
  const BlockSplit split(inputs_, inputs_at_once);
  team_.for_each(split.count(), [&](std::int64_t block) {
    const auto part = [&](const at::Tensor& buffer) {
      return buffer.narrow(0, split.first(block), split.size(block));
    };
    auto z = part(buffers.z);
    if (by_rows) {
      auto h = buffers.h.is_same(buffers.z) ? z : part(buffers.h);
      if (!buffers.postsynaptic.is_identity()) h.copy_(buffers.postsynaptic.convolve(h));
      response_.activate(h, static_cast<std::int64_t>(layer) + 1, z);
    }
    if (is_dropping_) {
      const auto mask = part(buffers.mask);
      dropped_.masks->draw(dropped_.step, layer, split.first(block), mask);
      part(buffers.dropped).copy_(z).mul_(mask);
    }
    if (buffers.filtered.defined()) {
      part(buffers.filtered).copy_(buffers.presynaptic.correlate(part(sent(buffers))));
    }
  });
}

void NetworkPass::backward(const NetworkParameters& parameters, const at::Tensor& errors,
                           const Use& use, const std::vector<at::Tensor>& of_layers) {
  of_layers_ = of_layers;
  for (std::size_t layer = layers_.size(); layer > 0; --layer) {
    pass_back(parameters[layer], layer == layers_.size() ? errors : gradients(layer), layer, use);
    respond_back(layer - 1);
  }
  if (!use.into) return;
  pass_back(parameters[0], layers_.empty() ? errors : gradients(0), 0, use);
}

void NetworkPass::pass_back(const LayerParameters& parameters, const at::Tensor& gradients,
                            std::size_t layer, const Use& use) {
  const auto seen = received(layer);
  const BlockSplit split(seen.size(1), neurons_at_once);
  team_.for_each(split.count(), [&](std::int64_t block) {
    const auto part = [&](const at::Tensor& x) {
      return x.narrow(1, split.first(block), split.size(block));
    };
    at::Tensor below;
    if (layer > 0) {
      below = part(rows_of(layers_[layer - 1].gradients));
      sim::multiply({.weight = parameters.weight_scale}, gradients, part(parameters.weights),
                    below);
    }
    if (use.into) {
      auto weights = part((*use.into)[layer].weights);
      sim::multiply(
          {.transpose_a = true, .weight = use.weight * parameters.weight_scale, .keep = use.keep},
          gradients, part(seen), weights);
    }
    if (layer == 0 || layers_[layer - 1].filtered.defined()) return;
    const auto& buffers = layers_[layer - 1];
    if (is_dropping_) below.mul_(part(rows_of(buffers.mask)));
    if (!of_layers_.empty()) below.add_(part(of_layers_[layer - 1]));
    if (response_.mixes_neurons()) return;
    response_.multiply_slopes(part(rows_of(buffers.h)), part(rows_of(buffers.z)), below);
  });
  if (!use.into || !parameters.biases.defined()) return;
  auto& biases = (*use.into)[layer].biases;
  const auto of_biases = gradients.sum(0);
  if (use.keep == 0) {
    biases.copy_(of_biases.mul_(use.weight * parameters.bias_scale));
  } else {
    biases.mul_(use.keep).add_(of_biases, use.weight * parameters.bias_scale);
  }
}

void NetworkPass::respond_back(std::size_t layer) {
  const auto& buffers = layers_[layer];
  const bool is_filtered = buffers.filtered.defined();
  const bool of_thresholds = response_.has_threshold_gradient();
  const bool by_rows = is_filtered || of_thresholds || response_.mixes_neurons();
  if (!by_rows && buffers.postsynaptic.is_identity()) return;
  const BlockSplit split(inputs_, inputs_at_once);
  team_.for_each(split.count(), [&](std::int64_t block) {
    const auto part = [&](const at::Tensor& buffer) {
      return buffer.narrow(0, split.first(block), split.size(block));
    };
    auto g = part(buffers.gradients);
    if (is_filtered) {
      g.copy_(buffers.presynaptic.convolve(g));
      if (is_dropping_) g.mul_(part(buffers.mask));
      if (!of_layers_.empty()) g.add_(part(of_layers_[layer]));
    }
    if (is_filtered || response_.mixes_neurons()) {
      response_.multiply_slopes(part(buffers.h), part(buffers.z), g);
    }
    if (of_thresholds) response_.subtract_thresholds(part(buffers.h), g);
    if (!buffers.postsynaptic.is_identity()) g.copy_(buffers.postsynaptic.correlate(g));
  });
}

}  // namespace wideproof::train
