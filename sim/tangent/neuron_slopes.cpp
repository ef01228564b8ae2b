// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/neuron_slopes.hpp>

#include <cmath>
#include <numbers>
#include <stdexcept>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/tanh.h>

#include <wideproof/sim/layers/pointwise_tensor.hpp>
#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

at::Tensor steps_above(const at::Tensor& h, const at::Tensor& thresholds) {
  auto slopes = at::empty_like(h);
  AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "neuron_slopes", [&] {
    const auto* x = h.data_ptr<scalar_t>();
    auto* out = slopes.data_ptr<scalar_t>();
    for (std::int64_t a = 0; a < h.size(0); ++a, x += h.size(1), out += h.size(1)) {
      const auto t = thresholds.defined() ? thresholds.data_ptr<scalar_t>()[a] : scalar_t{0};
      step_above(x, h.size(1), t, out);
    }
  });
  return slopes;
}

}  // namespace

at::Tensor neuron_slopes(const model::Network& network, const at::Tensor& h,
                         const at::Tensor& thresholds) {
  switch (network.activation()) {
    case model::Activation::thresholded_relu:
    case model::Activation::relu:
      return steps_above(h, thresholds);
    case model::Activation::erf:
      return h.square().neg_().exp_().mul_(2 * std::numbers::inv_sqrtpi);
    case model::Activation::tanh:
      return h.tanh().square_().neg_().add_(1);
    case model::Activation::linear:
      return at::ones_like(h);
    case model::Activation::pointwise:
      return pointwise_slopes(network.nonlinearity(), h);
    case model::Activation::thresholded_pointwise:
      return pointwise_slopes(network.nonlinearity(), h - thresholds);
    case model::Activation::thresholded_step:
    case model::Activation::sparse_projection:
      break;
  }
  throw std::logic_error("neuron_slopes: an activation without derivative");
}

}  // namespace wideproof::sim
