// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>

namespace wideproof::sim {

at::ScalarType scalar_type(model::DType dtype);

/// A copy of `matrix` with contiguous rows.
at::Tensor to_tensor(const Eigen::MatrixXd& matrix, at::ScalarType dtype);

/// A copy of a float64 tensor of two dimensions.
Eigen::MatrixXd to_matrix(const at::Tensor& tensor);

/// A copy of all elements, row by row.
Eigen::ArrayXd to_array(const at::Tensor& tensor);

}  // namespace wideproof::sim
