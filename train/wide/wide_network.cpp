// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/wide_network.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/mm.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/sim/tangent/neuron_slopes.hpp>
#include <wideproof/sim/tangent/threshold_carriers.hpp>
#include <wideproof/train/wide/neuron_products.hpp>

namespace wideproof::train {

WideNetwork::WideNetwork(const WideLayerLaw& law, const sim::NetworkId& id,
                         const Eigen::MatrixXd& cosines, const sim::InputOrder& order,
                         std::int64_t outputs, const sim::NeuronBlocks& blocks, int threads)
    : law_(law),
      cosines_(cosines),
      threads_(threads),
      readout_scale_(std::sqrt(law.law.readout_variance / static_cast<double>(blocks.width()))),
      first_(law, id, cosines, order, blocks, threads),
      readout_(blocks.with_inputs(outputs), at::kDouble) {
  const std::int64_t depth = law.law.hidden.network.depth();
  for (std::int64_t layer = 2; layer <= depth; ++layer) deep_.emplace_back(law, id, layer, blocks);
  const sim::NormalStream stream(stream_name(id, sim::Purpose::readout, depth));
  for (std::int64_t output = 0; output < outputs; ++output) {
    const auto v =
        sim::normal_tensor(stream, output * blocks.width(), 1, blocks.width(), at::kDouble);
    readout_.set_row(output, v.squeeze(0));
  }
}

void WideNetwork::activate(std::int64_t layer, WidePass::Layer& of) const {
  const auto& activation = law_.parts.activation;
  of.thresholds = thresholds_of(activation, of.h, layer, threads_);
  sim::for_each_block(of.h.blocks().count(), threads_, [&](std::int64_t block) {
    auto z = of.z.block(block);
    z.copy_(of.h.block(block));
    activation.overwrite(z, of.thresholds);
  });
}

WidePass WideNetwork::forward(std::int64_t first, std::int64_t count) {
  WidePass pass;
  const auto blocks = readout_.blocks().with_inputs(count);
  pass.layers.push_back(
      {first_.preactivations(first, count), sim::BlockedLayer(blocks, at::kDouble), {}, {}});
  activate(1, pass.layers.back());
  for (auto& deep : deep_) {
    WidePass::Layer layer{
        sim::BlockedLayer(blocks, at::kDouble), sim::BlockedLayer(blocks, at::kDouble), {}, {}};
    layer.right = deep.forward(pass.layers.back().z, layer.h, threads_);
    pass.layers.push_back(std::move(layer));
    activate(static_cast<std::int64_t>(pass.layers.size()), pass.layers.back());
  }
  pass.outputs = readout_scale_ * products_of(pass.layers.back().z, readout_, threads_);
  return pass;
}

void WideNetwork::pass_slopes(const WidePass::Layer& of, sim::BlockedLayer& gradients) const {
  const auto& blocks = gradients.blocks();
  const auto& network = law_.parts.activation.network();
  sim::for_each_block(blocks.count(), threads_, [&](std::int64_t block) {
    gradients.block(block).mul_(sim::neuron_slopes(network, of.h.block(block), of.thresholds));
  });
  if (!law_.parts.through_thresholds) return;
  const sim::ThresholdCarriers carriers(law_.parts.activation, of.h, threads_);
  Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(blocks.inputs());
  sim::add_blocks(
      blocks.count(), threads_,
      [&](std::int64_t block) -> Eigen::ArrayXd {
        return sim::to_array(gradients.block(block).sum(-1));
      },
      sums);
  sim::for_each_block(blocks.count(), threads_, [&](std::int64_t block) {
    auto of_block = gradients.block(block);
    carriers.subtract(block, of.h.block(block), sums, of_block);
  });
}

WideGradients WideNetwork::backward(const WidePass& pass, const Eigen::MatrixXd& factors) {
  const auto blocks = readout_.blocks().with_inputs(factors.rows());
  std::vector<WideGradients::Layer> from_top;
  from_top.push_back({sim::BlockedLayer(blocks, at::kDouble), {}});
  const Eigen::MatrixXd of_readout = (readout_scale_ * factors).transpose();
  sim::for_each_block(blocks.count(), threads_, [&](std::int64_t block) {
    auto out = from_top.back().gradients.block(block);
    at::mm_out(out, transposed_view(of_readout), readout_.block(block));
  });
  for (std::size_t layer = deep_.size();; --layer) {
    auto& here = from_top.back();
    pass_slopes(pass.layers[layer], here.gradients);
    if (layer == 0) break;
    sim::BlockedLayer below(blocks, at::kDouble);
    here.left = deep_[layer - 1].backward(here.gradients, below, threads_);
    from_top.push_back({std::move(below), {}});
  }
  std::reverse(from_top.begin(), from_top.end());
  return {std::move(from_top)};
}

DeepLayer::Step WideNetwork::step_of(std::size_t layer, const WidePass& pass,
                                     const WideGradients& gradients) const {
  return {pass.layers[layer - 1].z, pass.layers[layer].right, gradients.layers[layer].gradients,
          gradients.layers[layer].left};
}

void WideNetwork::learn(const WidePass& pass, const WideGradients& gradients,
                        const Eigen::VectorXd& weights, const Eigen::MatrixXd& slopes) {
  first_.learn(gradients.layers[0].gradients, weights, threads_);
  for (std::size_t layer = 1; layer < pass.layers.size(); ++layer) {
    deep_[layer - 1].learn(step_of(layer, pass, gradients), weights, threads_);
  }
  const Eigen::MatrixXd steps = -law_.learning_rate * readout_scale_ * slopes;  // P × C
  const auto& z = pass.layers.back().z;
  sim::for_each_block(z.blocks().count(), threads_, [&](std::int64_t block) {
    readout_.block(block).addmm_(transposed_view(steps), z.block(block));
  });
}

Eigen::MatrixXd WideNetwork::tangent(const WidePass& pass, const WideGradients& gradients) const {
  const auto& z = pass.layers.back().z;
  Eigen::MatrixXd kernel = readout_scale_ * readout_scale_ * products_of(z, z, threads_);
  for (std::size_t layer = 1; layer < pass.layers.size(); ++layer) {
    kernel += deep_[layer - 1].tangent(step_of(layer, pass, gradients), threads_);
  }
  const auto& filter = law_.parts.postsynaptic;
  const std::int64_t inputs = kernel.rows();
  auto first = gradients.layers[0].gradients;
  if (law_.trains_field() && !filter.is_identity()) {
    first = rows_of(first, 0, inputs);
    filter_rows(filter, Lateral::correlate, first, threads_);
  }
  kernel.array() +=
      cosines_.topLeftCorner(inputs, inputs).array() * products_of(first, first, threads_).array();
  return kernel;
}

double WideNetwork::largest_dropped() const {
  double largest = 0;
  for (const auto& deep : deep_) largest = std::max(largest, deep.largest_dropped());
  return largest;
}

}  // namespace wideproof::train
