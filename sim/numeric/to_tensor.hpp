// SPDX-License-Identifier: MIT
#pragma once

#include <torch/types.h>
#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>

namespace wideproof::sim {

torch::ScalarType scalar_type(model::DType dtype);

/// A copy of `matrix` with contiguous rows.
torch::Tensor to_tensor(const Eigen::MatrixXd& matrix, torch::ScalarType dtype);

/// A copy of a float64 tensor of two dimensions.
Eigen::MatrixXd to_matrix(const torch::Tensor& tensor);

}  // namespace wideproof::sim
