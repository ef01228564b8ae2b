// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/gaussian_layer.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/numeric/kernel_root.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// A thousand times what sums of products in float32 are off by.
constexpr double small_pivot = 1e-3;

/// Of a pivot that is 0: rounding of neurons in float32 gives them a part of their own, and its
/// square to the kernel; that of the kernel's own entries is in double.
double resolution_of(at::ScalarType dtype) {
  constexpr double half_ulp = 0x1p-24;
  return dtype == at::kFloat ? half_ulp * half_ulp : 0x1p-52;
}

}  // namespace

GaussianLayer::GaussianLayer(const NetworkId& id, std::int64_t layer, const Eigen::MatrixXd& kernel,
                             const InputOrder& order, const NeuronBlocks& blocks,
                             at::ScalarType dtype)
    : stream_(stream_name(id, Purpose::preactivations, layer)), blocks_(blocks) {
  auto root = kernel_root(kernel, order, resolution_of(dtype));
  is_nearly_singular_ = root.smallest_pivot < small_pivot;
  if (dtype == at::kFloat && root.in_order) {
    near_ = near_inputs(kernel, order());
    const Eigen::MatrixXd rows = root.matrix;
    for (const auto& [input, neighbour] : near_) root.matrix.row(input) -= rows.row(neighbour);
  }
  root_ = to_tensor(root.matrix, dtype);
}

void GaussianLayer::draw(std::int64_t block, at::Tensor& out) const {
  if (root_.size(1) == 0) {
    out.zero_();
    return;
  }
  // Every block begins where full rank would have it begin.
  const auto x = normal_tensor(stream_, blocks_.first(block) * blocks_.inputs(), root_.size(1),
                               out.size(1), root_.scalar_type());
  multiply(root_, x, out);
  for (const auto& [input, neighbour] : near_) out[input].add_(out[neighbour]);
}

}  // namespace wideproof::sim
