// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/layer_response.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <tuple>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/tanh_backward.h>
#include <ATen/ops/threshold_backward.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <wideproof/sim/numeric/row_kernels.hpp>
#include <wideproof/sim/projection/sparseness_projection.hpp>
#include <wideproof/sim/tangent/neuron_slopes.hpp>
#include <wideproof/train/descent/row_quantiles.hpp>

namespace wideproof::train {
namespace {

bool rectifies(model::Activation activation) {
  return activation == model::Activation::thresholded_relu || activation == model::Activation::relu;
}

void rectify_rows(at::Tensor& z, const at::Tensor& thresholds) {
  AT_DISPATCH_FLOATING_TYPES(z.scalar_type(), "LayerResponse", [&] {
    auto* row = z.data_ptr<scalar_t>();
    for (std::int64_t a = 0; a < z.size(0); ++a, row += z.stride(0)) {
      const auto t = thresholds.defined() ? thresholds.data_ptr<scalar_t>()[a] : scalar_t{0};
      sim::rectify_above(row, z.size(1), t);
    }
  });
}

/// Projects what is finite; else, of networks that diverge, the row is NaN and nothing comes back.
std::optional<sim::ProjectionScale> project_finite(const sim::LayerActivation& activation,
                                                   at::Tensor& row) {
  if (std::isfinite(row.abs().max().item<double>())) return activation.project(row);
  row.fill_(std::numeric_limits<double>::quiet_NaN());
  return std::nullopt;
}

}  // namespace

LayerResponse::LayerResponse(const sim::SampledLaw& law, model::ThresholdGradient gradient)
    : activation_(law),
      passes_thresholds_(activation_.has_threshold() && activation_.needs_whole_layer() &&
                         gradient == model::ThresholdGradient::through) {}

bool LayerResponse::keeps_preactivations() const {
  const auto activation = activation_.activation();
  return passes_thresholds_ || mixes_neurons() || activation == model::Activation::erf ||
         activation == model::Activation::pointwise;
}

at::Tensor LayerResponse::thresholds(const at::Tensor& h, std::int64_t layer) const {
  if (!activation_.has_threshold()) return {};
  if (activation_.rule() == model::ThresholdRule::quantile) return row_quantiles(activation_, h);
  return activation_.threshold(h, layer);
}

void LayerResponse::activate(const at::Tensor& h, std::int64_t layer, at::Tensor& z) const {
  const auto thresholds = this->thresholds(h, layer);
  if (!z.is_same(h)) z.copy_(h);
  if (rectifies(activation_.activation())) {
    rectify_rows(z, thresholds);
  } else if (activation_.projects()) {
    for (std::int64_t a = 0; a < z.size(0); ++a) {
      auto row = z[a];
      project_finite(activation_, row);
    }
  } else {
    activation_.overwrite(z, thresholds);
  }
}

void LayerResponse::multiply_slopes(const at::Tensor& h, const at::Tensor& z,
                                    at::Tensor& gradients) const {
  switch (activation_.activation()) {
    case model::Activation::thresholded_relu:
    case model::Activation::relu:
      at::threshold_backward_out(gradients, gradients, z, 0);
      return;
    case model::Activation::tanh:
      at::tanh_backward_out(gradients, gradients, z);
      return;
    case model::Activation::erf:
    case model::Activation::pointwise:
      gradients.mul_(sim::neuron_slopes(activation_.network(), h, {}));
      return;
    case model::Activation::linear:
      return;
    case model::Activation::sparse_projection:
      pass_back_projections(h, z, gradients);
      return;
    case model::Activation::thresholded_step:
    case model::Activation::thresholded_pointwise:
      break;
  }
  throw std::logic_error("LayerResponse: an activation without derivative");
}

void LayerResponse::pass_back_projections(const at::Tensor& h, const at::Tensor& z,
                                          at::Tensor& gradients) const {
  for (std::int64_t a = 0; a < h.size(0); ++a) {
    auto again = h[a].clone();
    auto row = gradients[a];
    const auto scale = project_finite(activation_, again);
    if (!scale) {
      row.copy_(again);
      continue;
    }
    AT_DISPATCH_FLOATING_TYPES(row.scalar_type(), "LayerResponse", [&] {
      sim::pass_back_projection(*scale, z[a].data_ptr<scalar_t>(), row.numel(),
                                row.data_ptr<scalar_t>());
    });
  }
}

void LayerResponse::subtract_thresholds(const at::Tensor& h, at::Tensor& gradients) const {
  if (activation_.rule() == model::ThresholdRule::std) {
    subtract_norms(h, gradients);
  } else {
    subtract_quantiles(h, gradients);
  }
}

void LayerResponse::subtract_norms(const at::Tensor& h, at::Tensor& gradients) const {
  const auto n = static_cast<double>(h.size(1));
  const auto norms = h.square().mean(-1, /*keepdim=*/true).sqrt_();
  const auto slopes = at::where(norms > 0, activation_.tau() / (n * norms), at::zeros_like(norms));
  gradients.sub_(h * slopes.mul_(gradients.sum(-1, /*keepdim=*/true)));
}

void LayerResponse::subtract_quantiles(const at::Tensor& h, at::Tensor& gradients) const {
  const auto position = activation_.quantile_position(h.size(1));
  const auto sums = gradients.sum(-1, /*keepdim=*/true);
  const auto subtract = [&](std::int64_t rank, double weight) {
    const auto neurons = std::get<1>(h.kthvalue(rank + 1, -1, /*keepdim=*/true));
    gradients.scatter_add_(-1, neurons, sums * -weight);
  };
  subtract(position.rank, 1 - position.weight);
  if (position.weight > 0) subtract(position.rank + 1, position.weight);
}

}  // namespace wideproof::train
