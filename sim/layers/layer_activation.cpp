// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/layer_activation.hpp>

#include <cmath>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/erf.h>
#include <ATen/ops/full.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/special_ndtri.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/tensor.h>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

/// Sorting all inputs at once would hold P·n indices; the quantile needs two order statistics.
at::Tensor interpolated_quantile(const at::Tensor& h,
                                 const LayerActivation::QuantilePosition& position) {
  auto low = std::get<0>(h.kthvalue(position.rank + 1, -1, /*keepdim=*/true));
  if (position.weight == 0.0) return low;
  const auto high = std::get<0>(h.kthvalue(position.rank + 2, -1, /*keepdim=*/true));
  return (1 - position.weight) * low + position.weight * high;
}

}  // namespace

LayerActivation::LayerActivation(const SampledLaw& law) : law_(law) {
  if (!has_threshold()) return;
  // From LibTorch's own inverse normal, so that sim and theory do not share a τ.
  const auto f = at::tensor(law_.network.active_fraction(), at::kDouble);
  tau_ = -at::special_ndtri(f).item<double>();
}

bool LayerActivation::needs_whole_layer() const {
  return has_threshold() && rule() != model::ThresholdRule::fixed;
}

LayerActivation::QuantilePosition LayerActivation::quantile_position(std::int64_t width) const {
  const double position = static_cast<double>(width - 1) * (1 - active_fraction());
  const double below = std::floor(position);
  return {static_cast<std::int64_t>(below), position - below};
}

at::Tensor LayerActivation::threshold(const at::Tensor& h, std::int64_t layer, double unit) const {
  switch (law_.network.threshold()) {
    case model::ThresholdRule::fixed: {
      const double q = law_.preactivation_variance.empty()
                           ? 1.0
                           : law_.preactivation_variance.at(static_cast<std::size_t>(layer - 1));
      return at::full({h.size(0), 1}, tau_ * std::sqrt(q) / unit, h.options());
    }
    case model::ThresholdRule::std:
      return tau_ * h.square().mean(-1, /*keepdim=*/true).sqrt();
    case model::ThresholdRule::quantile:
      return interpolated_quantile(h, quantile_position(h.size(-1)));
  }
  throw std::logic_error("LayerActivation: unknown threshold rule");
}

at::Tensor LayerActivation::apply(const at::Tensor& h, const at::Tensor& threshold) const {
  switch (law_.network.activation()) {
    case model::Activation::thresholded_relu:
      return at::relu(h - threshold);
    case model::Activation::thresholded_step:
      return (h > threshold).to(h.dtype());
    case model::Activation::relu:
      return at::relu(h);
    case model::Activation::erf:
      return at::erf(h);
    case model::Activation::tanh:
      return at::tanh(h);
    case model::Activation::linear:
      return h;
  }
  throw std::logic_error("LayerActivation: unknown activation");
}

void LayerActivation::overwrite(at::Tensor& h, const at::Tensor& threshold) const {
  switch (law_.network.activation()) {
    case model::Activation::thresholded_relu:
      h.sub_(threshold).relu_();
      return;
    case model::Activation::thresholded_step:
      h.copy_(h > threshold);
      return;
    case model::Activation::relu:
      h.relu_();
      return;
    case model::Activation::erf:
      h.erf_();
      return;
    case model::Activation::tanh:
      h.tanh_();
      return;
    case model::Activation::linear:
      return;
  }
  throw std::logic_error("LayerActivation: unknown activation");
}

std::int64_t LayerActivation::apply_in_place(at::Tensor& h, const at::Tensor& threshold) const {
  const auto activation = law_.network.activation();
  const bool rectifies =
      activation == model::Activation::thresholded_relu || activation == model::Activation::relu;
  if (!rectifies) overwrite(h, threshold);
  return AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "LayerActivation", [&] {
    auto* x = h.data_ptr<scalar_t>();
    if (!rectifies) return count_positive(x, h.numel());
    std::int64_t positive = 0;
    for (std::int64_t a = 0; a < h.size(0); ++a, x += h.size(1)) {
      const auto t = has_threshold() ? threshold.data_ptr<scalar_t>()[a] : scalar_t{0};
      positive += rectify_above(x, h.size(1), t);
    }
    return positive;
  });
}

at::Tensor LayerActivation::operator()(const at::Tensor& h, std::int64_t layer, double unit) const {
  return apply(h, has_threshold() ? threshold(h, layer, unit) : at::Tensor());
}

}  // namespace wideproof::sim
