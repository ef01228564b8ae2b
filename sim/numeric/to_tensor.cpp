// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/to_tensor.hpp>

#include <torch/types.h>

namespace wideproof::sim {

torch::ScalarType scalar_type(model::DType dtype) {
  return dtype == model::DType::float32 ? torch::kFloat32 : torch::kFloat64;
}

torch::Tensor to_tensor(const Eigen::MatrixXd& matrix, torch::ScalarType dtype) {
  // Column-major P × d is row-major d × P.
  const auto transposed = torch::from_blob(const_cast<double*>(matrix.data()),
                                           {matrix.cols(), matrix.rows()}, torch::kFloat64);
  return transposed.t().to(dtype, /*non_blocking=*/false, /*copy=*/true).contiguous();
}

Eigen::MatrixXd to_matrix(const torch::Tensor& tensor) {
  const auto transposed = tensor.t().contiguous();
  return Eigen::Map<const Eigen::MatrixXd>(transposed.data_ptr<double>(), tensor.size(0),
                                           tensor.size(1));
}

}  // namespace wideproof::sim
