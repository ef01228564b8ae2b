// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>
#include <wideproof/model/nonlinearity/pointwise.hpp>

namespace wideproof::sim {

/// φ of every number of x, in its dtype: functions with a name by LibTorch's own operators, others
/// by `phi` in double. Differentiable by LibTorch.
at::Tensor pointwise_values(const model::PointwiseOptions& function, const model::Nonlinearity& phi,
                            const at::Tensor& x);

/// φ' of every number of x, by `phi` in double, in x's dtype.
at::Tensor pointwise_slopes(const model::Nonlinearity& phi, const at::Tensor& x);

}  // namespace wideproof::sim
