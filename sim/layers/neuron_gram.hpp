// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::sim {

/// (1/n) z zᵀ, P × P, products and sums in double whatever the dtype of `z` (P × n): a Gram whose
/// rank shows, as a readout without a ridge needs it. Beside the result it holds 1024 neurons as
/// doubles. The same bits on any number of threads.
Eigen::MatrixXd neuron_gram(const at::Tensor& z, int threads);

}  // namespace wideproof::sim
