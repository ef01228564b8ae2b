// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/tangent_kernel.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros_like.h>

#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::train {
namespace {

at::Tensor products(const at::Tensor& rows) {
  const auto wide = rows.to(at::kDouble);
  return at::mm(wide, wide.t());
}

}  // namespace

Eigen::MatrixXd tangent_kernel(NetworkPass& pass, const NetworkParameters& parameters,
                               const at::Tensor& inputs) {
  const auto errors = at::zeros_like(pass.forward(parameters, inputs));
  errors.select(1, 0).fill_(1);
  pass.backward(parameters, errors, {});
  const auto hidden = static_cast<std::size_t>(pass.hidden());
  const auto square = [](double scale) { return scale * scale; };
  auto kernel = products(pass.received(hidden)).mul_(square(parameters.back().weight_scale));
  for (std::size_t layer = 0; layer < hidden; ++layer) {
    const auto& of_layer = parameters[layer];
    auto factor = products(pass.received(layer)).mul_(square(of_layer.weight_scale));
    if (of_layer.biases.defined()) factor.add_(square(of_layer.bias_scale));
    kernel.add_(factor.mul_(products(pass.gradients(layer))));
  }
  return sim::to_matrix(kernel);
}

}  // namespace wideproof::train
