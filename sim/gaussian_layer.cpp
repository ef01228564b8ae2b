// SPDX-License-Identifier: MIT
#include <wideproof/sim/gaussian_layer.hpp>

#include <torch/torch.h>

#include <wideproof/sim/kernel_root.hpp>
#include <wideproof/sim/matrix_product.hpp>
#include <wideproof/sim/normal_tensor.hpp>
#include <wideproof/sim/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// A thousand times what sums of products in float32 are off by.
constexpr double small_pivot = 1e-3;

}  // namespace

GaussianLayer::GaussianLayer(const NetworkId& id, std::int64_t layer, const Eigen::MatrixXd& kernel,
                             const NeuronBlocks& blocks, torch::ScalarType dtype)
    : stream_(stream_name(id, Purpose::preactivations, layer)), blocks_(blocks) {
  const auto root = kernel_root(kernel);
  root_ = to_tensor(root.matrix, dtype);
  is_nearly_singular_ = root.smallest_pivot < small_pivot;
}

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
