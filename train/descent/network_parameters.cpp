// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_parameters.hpp>

#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/train/descent/block_split.hpp>

namespace wideproof::train {
namespace {

/// X of a layer, rows × columns.
at::Tensor drawn_field(const sim::StreamName& name, std::int64_t rows, std::int64_t columns,
                       at::ScalarType dtype, WorkerTeam& team) {
  const sim::NormalStream stream(name);
  const auto field = at::empty({rows, columns}, dtype);
  const BlockSplit split(rows, neurons_at_once);
  team.for_each(split.count(), [&](std::int64_t block) {
    draw_into(stream, split.first(block) * columns,
              field.narrow(0, split.first(block), split.size(block)));
  });
  return field;
}

/// X ← F X along the rows' neurons.
void filter_rows(const sim::LateralConvolver& filter, at::Tensor& field, WorkerTeam& team) {
  if (filter.is_identity()) return;
  const BlockSplit split(field.size(0), neurons_at_once);
  team.for_each(split.count(), [&](std::int64_t block) {
    const auto rows = field.narrow(0, split.first(block), split.size(block));
    rows.copy_(filter.convolve(rows));
  });
}

/// X ← F X along the columns' neurons.
void filter_columns(const sim::LateralConvolver& filter, at::Tensor& field, WorkerTeam& team) {
  if (filter.is_identity()) return;
  const BlockSplit split(field.size(1), neurons_at_once);
  team.for_each(split.count(), [&](std::int64_t block) {
    const auto columns = field.narrow(1, split.first(block), split.size(block));
    columns.copy_(filter.convolve(columns.t().contiguous()).t());
  });
}

/// Leaves a scale beside the parameter, or within it.
void set_scale(at::Tensor& parameter, double& scale, double value, bool beside) {
  scale = beside ? value : 1.0;
  if (!beside) parameter.mul_(value);
}

}  // namespace

NetworkParameters draw_parameters(const TrainableLaw& law, const sim::NetworkId& id,
                                  std::int64_t dimension, std::int64_t outputs,
                                  const model::TrainingOptions& options, at::ScalarType dtype,
                                  WorkerTeam& team) {
  const auto& network = law.hidden.network;
  const bool beside = options.parameterisation == model::Parameterisation::tangent;
  const bool shaped = options.trained == model::Trained::weights;
  const auto widths = network.widths(id.width);
  NetworkParameters layers(static_cast<std::size_t>(network.depth() + 1));
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const auto place = static_cast<std::size_t>(layer - 1);
    auto& drawn = layers[place];
    const std::int64_t n = widths[place];
    const std::int64_t fan_in = layer == 1 ? dimension : widths[place - 1];
    const sim::LateralConvolver postsynaptic(network.postsynaptic(), n);
    drawn.weights =
        drawn_field(stream_name(id, sim::Purpose::weights, layer), n, fan_in, dtype, team);
    if (shaped) filter_columns(postsynaptic, drawn.weights, team);
    if (layer == 1) continue;
    if (shaped) {
      filter_rows(sim::LateralConvolver(network.presynaptic(), fan_in), drawn.weights, team);
    }
    set_scale(drawn.weights, drawn.weight_scale,
              std::sqrt(law.hidden.weight_variance / static_cast<double>(fan_in)), beside);
    if (network.bias_variance() == 0) continue;
    drawn.biases = drawn_field(stream_name(id, sim::Purpose::biases, layer), 1, n, dtype, team);
    if (shaped) filter_rows(postsynaptic, drawn.biases, team);
    drawn.biases = drawn.biases.squeeze(0);
    set_scale(drawn.biases, drawn.bias_scale, std::sqrt(network.bias_variance()), beside);
  }
  auto& readout = layers.back();
  const std::int64_t n = widths.back();
  readout.weights =
      drawn_field(stream_name(id, sim::Purpose::readout, network.depth()), outputs, n, dtype, team);
  set_scale(readout.weights, readout.weight_scale,
            std::sqrt(law.readout_variance / static_cast<double>(n)), beside);
  return layers;
}

at::Tensor shaped_weights(const at::Tensor& field, const model::Network& network,
                          WorkerTeam& team) {
  const sim::LateralConvolver presynaptic(network.presynaptic(), field.size(1));
  const sim::LateralConvolver postsynaptic(network.postsynaptic(), field.size(0));
  if (presynaptic.is_identity() && postsynaptic.is_identity()) return field;
  auto weights = field.clone();
  filter_columns(postsynaptic, weights, team);
  filter_rows(presynaptic, weights, team);
  return weights;
}

NetworkParameters like(const NetworkParameters& parameters) {
  NetworkParameters others = parameters;
  for (auto& layer : others) {
    layer.weights = at::empty_like(layer.weights);
    if (layer.biases.defined()) layer.biases = at::empty_like(layer.biases);
  }
  return others;
}

std::vector<at::Tensor> tensors_of(const NetworkParameters& parameters) {
  std::vector<at::Tensor> tensors;
  for (const auto& layer : parameters) {
    tensors.push_back(layer.weights);
    if (layer.biases.defined()) tensors.push_back(layer.biases);
  }
  return tensors;
}

}  // namespace wideproof::train
