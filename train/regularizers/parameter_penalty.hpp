// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/training/regularizer_options.hpp>

namespace wideproof::train {

/// R of parameters (model::Regularizer's l1, l2), summed in double.
double parameter_penalty(model::Regularizer kind, const std::vector<at::Tensor>& parameters);

/// gradients += weight·∂R/∂θ: weight·sgn(θ), sgn(0) = 0, or 2·weight·θ.
void add_penalty_gradient(model::Regularizer kind, double weight, const at::Tensor& parameters,
                          at::Tensor& gradients);

}  // namespace wideproof::train
