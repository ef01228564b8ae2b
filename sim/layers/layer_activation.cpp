// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/layer_activation.hpp>

#include <cmath>
#include <vector>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/erf.h>
#include <ATen/ops/full.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/special_ndtri.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/tensor.h>

#include <wideproof/sim/layers/pointwise_tensor.hpp>
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

SparsenessProjection projection_of(const model::Network& network, std::int64_t width) {
  const double root = std::sqrt(static_cast<double>(width));
  return {width, root * (1 - network.sparseness()), root, network.is_signed()};
}

/// The projection of each row, differentiable with its support held:
/// p = λ₁/d + √(λ₂² − λ₁²/d) r/‖r‖ there, r = |h| less its mean.
at::Tensor projected(const at::Tensor& h, const model::Network& network) {
  auto projection = projection_of(network, h.size(1));
  std::vector<at::Tensor> rows;
  for (std::int64_t input = 0; input < h.size(0); ++input) {
    const auto row = h[input];
    auto p = row.detach().clone().contiguous();
    ProjectionScale scale;
    AT_DISPATCH_FLOATING_TYPES(p.scalar_type(), "LayerActivation",
                               [&] { scale = projection(p.data_ptr<scalar_t>()); });
    if (!h.requires_grad() || scale.beta == 0) {
      rows.push_back(p);
      continue;
    }
    const auto support = (p != 0).to(p.dtype());
    const auto signs = p.sign();
    const auto d = static_cast<double>(scale.support);
    const double sum = projection.ratio() * projection.norm();
    const auto magnitudes = row * signs;
    const auto r = (magnitudes - magnitudes.sum() / d) * support;
    const double spread = std::sqrt(projection.norm() * projection.norm() - sum * sum / d);
    rows.push_back(signs * (sum / d + spread * r / r.norm()));
  }
  return at::stack(rows);
}

}  // namespace

LayerActivation::LayerActivation(const SampledLaw& law) : law_(law) {
  if (!has_threshold()) return;
  // From LibTorch's own inverse normal, so that sim and theory do not share a τ.
  const auto f = at::tensor(law_.network.active_fraction(), at::kDouble);
  tau_ = -at::special_ndtri(f).item<double>();
}

bool LayerActivation::needs_whole_layer() const {
  return projects() || (has_threshold() && rule() != model::ThresholdRule::fixed);
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
    case model::Activation::sparse_projection:
      return projected(h, law_.network);
    case model::Activation::pointwise:
      return pointwise(h);
    case model::Activation::thresholded_pointwise:
      return pointwise(h - threshold);
  }
  throw std::logic_error("LayerActivation: unknown activation");
}

at::Tensor LayerActivation::pointwise(const at::Tensor& x) const {
  return pointwise_values(law_.network.function(), law_.network.nonlinearity(), x);
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
    case model::Activation::sparse_projection:
      for (std::int64_t input = 0; input < h.size(0); ++input) {
        auto row = h[input];
        project(row);
      }
      return;
    case model::Activation::pointwise:
      h.copy_(pointwise(h));
      return;
    case model::Activation::thresholded_pointwise:
      h.copy_(pointwise(h.sub_(threshold)));
      return;
  }
  throw std::logic_error("LayerActivation: unknown activation");
}

ProjectionScale LayerActivation::project(at::Tensor& row) const {
  auto projection = projection_of(law_.network, row.numel());
  return AT_DISPATCH_FLOATING_TYPES(row.scalar_type(), "LayerActivation",
                                    [&] { return projection(row.data_ptr<scalar_t>()); });
}

std::int64_t LayerActivation::apply_in_place(at::Tensor& h, const at::Tensor& threshold) const {
  if (projects()) return h.count_nonzero().item<std::int64_t>();
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
