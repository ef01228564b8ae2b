// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/parameter_penalty.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

namespace wideproof::train {

double parameter_penalty(model::Regularizer kind, const std::vector<at::Tensor>& parameters) {
  double sum = 0;
  for (const auto& tensor : parameters) {
    const auto terms = kind == model::Regularizer::l1 ? tensor.abs() : tensor.square();
    sum += terms.sum(at::kDouble).item<double>();
  }
  return sum;
}

void add_penalty_gradient(model::Regularizer kind, double weight, const at::Tensor& parameters,
                          at::Tensor& gradients) {
  if (kind == model::Regularizer::l1) {
    gradients.add_(parameters.sign(), weight);
  } else {
    gradients.add_(parameters, 2 * weight);
  }
}

}  // namespace wideproof::train
