// SPDX-License-Identifier: MIT
#include <wideproof/sim/gaussian_layer.hpp>

#include <limits>

#include <torch/torch.h>

#include <wideproof/sim/kernel_root.hpp>
#include <wideproof/sim/matrix_product.hpp>
#include <wideproof/sim/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// How far rounding may move a pivot of a Gram that was summed in `dtype`.
double tolerance(torch::ScalarType dtype) {
  return 16 * (dtype == torch::kFloat32 ? double{std::numeric_limits<float>::epsilon()}
                                        : std::numeric_limits<double>::epsilon());
}

torch::Tensor root_of(const Eigen::MatrixXd& kernel, torch::ScalarType dtype) {
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> root =
      kernel_root(kernel, tolerance(dtype));
  return torch::from_blob(root.data(), {root.rows(), root.cols()}, torch::kFloat64)
      .to(dtype, /*non_blocking=*/false, /*copy=*/true);
}

}  // namespace

GaussianLayer::GaussianLayer(const NetworkId& id, std::int64_t layer, const Eigen::MatrixXd& kernel,
                             const NeuronBlocks& blocks, torch::ScalarType dtype)
    : stream_(stream_name(id, Purpose::preactivations, layer)),
      blocks_(blocks),
      root_(root_of(kernel, dtype)) {}

void GaussianLayer::draw(std::int64_t block, torch::Tensor& out) const {
  if (root_.size(1) == 0) {
    out.zero_();
    return;
  }
  // Every block begins where full rank would have it begin.
  const auto x = normal_tensor(stream_, blocks_.first(block) * blocks_.inputs(), root_.size(1),
                               out.size(1), root_.scalar_type());
  multiply(root_, x, out);
}

}  // namespace wideproof::sim
