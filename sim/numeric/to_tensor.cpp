// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/to_tensor.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/from_blob.h>

namespace wideproof::sim {

at::ScalarType scalar_type(model::DType dtype) {
  return dtype == model::DType::float32 ? at::kFloat : at::kDouble;
}

at::Tensor to_tensor(const Eigen::MatrixXd& matrix, at::ScalarType dtype) {
  // Column-major P × d is row-major d × P.
  const auto transposed = at::from_blob(const_cast<double*>(matrix.data()),
                                        {matrix.cols(), matrix.rows()}, at::kDouble);
  return transposed.t().to(dtype, /*non_blocking=*/false, /*copy=*/true).contiguous();
}

Eigen::MatrixXd to_matrix(const at::Tensor& tensor) {
  const auto transposed = tensor.t().contiguous();
  return Eigen::Map<const Eigen::MatrixXd>(transposed.data_ptr<double>(), tensor.size(0),
                                           tensor.size(1));
}

Eigen::ArrayXd to_array(const at::Tensor& tensor) {
  const auto wide = tensor.to(at::kDouble).contiguous();
  return Eigen::Map<const Eigen::ArrayXd>(wide.data_ptr<double>(), wide.numel());
}

}  // namespace wideproof::sim
