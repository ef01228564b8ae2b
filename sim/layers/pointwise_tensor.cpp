// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/pointwise_tensor.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/elu.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/erf.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/hardsigmoid.h>
#include <ATen/ops/hardswish.h>
#include <ATen/ops/hardtanh.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/mish.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/zeros_like.h>

namespace wideproof::sim {
namespace {

/// x put through `apply(x, count, out)` on doubles.
template <class Apply>
at::Tensor through_doubles(const at::Tensor& x, const Apply& apply) {
  const auto wide = x.detach().to(at::kDouble).contiguous();
  auto out = at::empty_like(wide);
  apply(wide.data_ptr<double>(), wide.numel(), out.data_ptr<double>());
  return out.to(x.scalar_type());
}

at::Tensor normalised_hermite(const at::Tensor& x, std::int64_t order) {
  auto value = at::ones_like(x);
  auto before = at::zeros_like(x);
  for (std::int64_t n = 0; n < order; ++n) {
    const auto k = static_cast<double>(n);
    before = std::exchange(value, (x * value - std::sqrt(k) * before) / std::sqrt(k + 1));
  }
  return value;
}

}  // namespace

at::Tensor pointwise_values(const model::PointwiseOptions& function, const model::Nonlinearity& phi,
                            const at::Tensor& x) {
  using model::Function;
  const double b = function.rate;
  switch (function.function) {
    case Function::gelu:
      return at::gelu(x);
    case Function::sin:
      return (function.frequency * x).sin();
    case Function::cos:
      return (function.frequency * x).cos();
    case Function::leaky_relu:
      return at::leaky_relu(x, function.slope);
    case Function::abs:
      return x.abs();
    case Function::sign:
      return at::sign(x);
    case Function::elu:
      return at::elu(x);
    case Function::exp:
      return (b * x).exp();
    case Function::gauss:
      return (-b * x.square()).exp();
    case Function::rbf:
      return std::numbers::sqrt2 * (std::sqrt(2 * b) * x + std::numbers::pi / 4).sin();
    case Function::gabor:
      return (-x.square()).exp() * x.sin();
    case Function::monomial:
      return at::pow(x, function.order);
    case Function::rectified_power:
      if (function.order == 0) return (x > 0).to(x.scalar_type());
      return at::pow(at::relu(x), function.order);
    case Function::hermite:
      return normalised_hermite(x, function.order);
    case Function::sigmoid_like:
      return 0.5 + 0.5 * at::erf(x / 2.4020563531719796);
    case Function::softplus:
      return at::softplus(x);
    case Function::silu:
      return at::silu(x);
    case Function::mish:
      return at::mish(x);
    case Function::sigmoid:
      return at::sigmoid(x);
    case Function::hard_tanh:
      return at::hardtanh(x);
    case Function::hard_sigmoid:
      return at::hardsigmoid(x);
    case Function::hard_swish:
      return at::hardswish(x);
    case Function::tanh:
      return at::tanh(x);
    case Function::erf:
      return at::erf(x);
    case Function::linear:
      return x;
    case Function::expression:
    case Function::callable:
      break;
  }
  const auto values = through_doubles(
      x, [&](const double* from, std::int64_t count, double* to) { phi.values(from, count, to); });
  if (!x.requires_grad()) return values;
  // Adds 0, whose gradient is φ'.
  return values + pointwise_slopes(phi, x) * (x - x.detach());
}

at::Tensor pointwise_slopes(const model::Nonlinearity& phi, const at::Tensor& x) {
  return through_doubles(
      x, [&](const double* from, std::int64_t count, double* to) { phi.slopes(from, count, to); });
}

}  // namespace wideproof::sim
