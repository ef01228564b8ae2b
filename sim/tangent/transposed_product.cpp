// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/transposed_product.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/layers/neuron_sums.hpp>
#include <wideproof/sim/numeric/kernel_root.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// What sums over a run of neurons leave of a pivot of DᵀD that is 0.
double gradient_resolution(at::ScalarType dtype) {
  return dtype == at::kFloat ? 0x1p-28 : 0x1p-50;
}

/// Products of presynaptic activations and normals over one run of blocks.
class SeenRun {
 public:
  SeenRun(std::int64_t inputs, std::int64_t rank, at::ScalarType dtype)
      : products_(at::zeros({inputs, rank}, dtype)) {}

  void add(const at::Tensor& z, const at::Tensor& normals) {
    const auto dtype = products_.scalar_type();
    add_product_transposed(z.to(dtype), normals.to(dtype), products_);
  }
  Eigen::MatrixXd sums() const { return to_matrix(products_.to(at::kDouble)); }

 private:
  at::Tensor products_;
};

}  // namespace

TransposedProduct::TransposedProduct(const NetworkId& id, std::int64_t layer,
                                     const GradientRows& rows, const Eigen::MatrixXd& gram,
                                     const std::vector<Eigen::Index>& order, Known known,
                                     const NeuronBlocks& blocks, at::ScalarType dtype, int threads)
    : stream_(stream_name(id, Purpose::gradients, layer)),
      rows_(rows),
      blocks_(blocks),
      dtype_(dtype),
      known_(std::move(known)) {
  const auto root = kernel_root(gram, order, gradient_resolution(dtype)).matrix;
  rank_ = root.cols();
  const double c = known_.weight_scale;
  Eigen::MatrixXd drawn = c * normals_seen(threads);
  if (known_.bias_scale > 0) {
    const auto of_bias = normal_tensor(NormalStream(stream_name(id, Purpose::biases, layer)), 0, 1,
                                       rank_, at::kDouble);
    drawn.rowwise() += known_.bias_scale * to_array(of_bias).matrix().transpose();
  }
  Eigen::MatrixXd coefficients(rows_.count(), rank_ + rows_.inputs);
  coefficients.leftCols(rank_) = root;
  const Eigen::MatrixXd missing = known_.products - drawn * root.transpose();
  coefficients.rightCols(rows_.inputs) = c * (known_.inverse.matrix() * missing).transpose();
  coefficients_ = to_tensor(coefficients, dtype);
}

Eigen::MatrixXd TransposedProduct::normals_seen(int threads) const {
  const auto dtype = known_.inverse.is_nearly_singular() ? at::kDouble : dtype_;
  Eigen::MatrixXd none = Eigen::MatrixXd::Zero(rows_.inputs, rank_);
  if (rank_ == 0) return none;
  return sum_over_neurons(
      blocks_, threads, std::move(none), [&] { return SeenRun(rows_.inputs, rank_, dtype); },
      [&](std::int64_t block, SeenRun& run) {
        const auto both = at::empty({rank_ + rows_.inputs, blocks_.size(block)}, dtype_);
        const auto normals = both.narrow(0, 0, rank_);
        auto z = both.narrow(0, rank_, rows_.inputs);
        draw_normals(block, normals);
        known_.presynaptic(block, z);
        run.add(z, normals);
      });
}

void TransposedProduct::draw_normals(std::int64_t block, const at::Tensor& out) const {
  // Each probe has numbers of its own, whichever others there are.
  for (std::int64_t probe = 0; rows_.first(probe) < rank_; ++probe) {
    const std::int64_t first = rows_.first(probe) * blocks_.width();
    const std::int64_t size = rows_.size(probe);
    draw_into(stream_, first + blocks_.first(block) * size,
              out.narrow(0, rows_.first(probe), std::min(size, rank_ - rows_.first(probe))));
  }
}

void TransposedProduct::draw(std::int64_t block, at::Tensor& out) const {
  const auto both = at::empty({rank_ + rows_.inputs, blocks_.size(block)}, dtype_);
  draw_normals(block, both.narrow(0, 0, rank_));
  auto z = both.narrow(0, rank_, rows_.inputs);
  known_.presynaptic(block, z);
  multiply(coefficients_, both, out);
}

}  // namespace wideproof::sim
