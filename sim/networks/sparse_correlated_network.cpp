// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/sparse_correlated_network.hpp>

#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/mm.h>
#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {

SparseCorrelatedNetworkImpl::SparseCorrelatedNetworkImpl(SparseCorrelatedNetworkOptions options_)
    : options(std::move(options_)) {
  if (options.in_features() < 1) {
    throw model::InputError("in_features", options.in_features(), "must be at least 1");
  }
  if (options.width() < 1) {
    throw model::InputError("width", options.width(), "must be at least 1");
  }
  reset();
}

void SparseCorrelatedNetworkImpl::reset() {
  const at::NoGradGuard no_grad;
  const auto& law = options.law();
  const NetworkId id{options.seed(), options.width(), options.replicate()};
  const auto widths = law.network.widths(options.width());
  parameters_.clear();
  weights.clear();
  biases.clear();
  for (std::int64_t layer = 1; layer <= law.network.depth(); ++layer) {
    const std::int64_t n = widths[static_cast<std::size_t>(layer - 1)];
    const std::int64_t fan_in =
        layer == 1 ? options.in_features() : widths[static_cast<std::size_t>(layer - 2)];
    const LateralConvolver postsynaptic(law.network.postsynaptic(), n);
    const auto field = [&](Purpose purpose, std::int64_t rows, std::int64_t columns) {
      return normal_tensor(NormalStream(stream_name(id, purpose, layer)), 0, rows, columns,
                           options.dtype());
    };
    auto weight = field(Purpose::weights, n, fan_in);
    weight = postsynaptic.convolve(weight.t()).t().contiguous();
    at::Tensor bias;
    if (layer > 1) {
      const SampledLaw leading = law.like_layer(layer - 1);
      weight = LateralConvolver(law.network.presynaptic(), fan_in).convolve(weight);
      weight *= std::sqrt(leading.weight_variance / static_cast<double>(fan_in));
      if (leading.network.bias_variance() > 0) {
        bias = postsynaptic.convolve(field(Purpose::biases, 1, n)).squeeze(0) *
               std::sqrt(leading.network.bias_variance());
        bias = register_parameter(fmt::format("bias{}", layer), bias);
      }
    }
    weights.push_back(register_parameter(fmt::format("weight{}", layer), weight));
    biases.push_back(bias);
  }
}

void SparseCorrelatedNetworkImpl::pretty_print(std::ostream& stream) const {
  const auto& network = options.law().network;
  stream << fmt::format(
      "wideproof::sim::SparseCorrelatedNetwork(in_features={}, width={}, depth={}, activation={}, "
      "active_fraction={}, threshold={}, presynaptic={}, postsynaptic={})",
      options.in_features(), options.width(), network.depth(), network.activation_name(),
      network.active_fraction(), name_of(network.threshold()),
      name_of(network.presynaptic().kind()), name_of(network.postsynaptic().kind()));
}

LayerOutputs SparseCorrelatedNetworkImpl::forward(const at::Tensor& inputs) {
  LayerOutputs outputs;
  auto z = inputs;
  for (std::size_t l = 0; l < weights.size(); ++l) {
    const auto layer = static_cast<std::int64_t>(l) + 1;
    const LayerActivation activation(options.law().like_layer(layer));
    auto h = at::mm(z, weights[l].t());
    if (biases[l].defined()) h = h + biases[l];
    at::Tensor threshold;
    if (activation.has_threshold()) {
      const bool is_detached = options.threshold_gradient() == model::ThresholdGradient::detached;
      threshold = activation.threshold(is_detached ? h.detach() : h, layer);
    }
    z = activation.apply(h, threshold);
    outputs.preactivations.push_back(h);
    outputs.activations.push_back(z);
  }
  return outputs;
}

}  // namespace wideproof::sim
