// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/neuron_products.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>

namespace wideproof::train {

at::Tensor transposed_view(const Eigen::MatrixXd& matrix) {
  return at::from_blob(const_cast<double*>(matrix.data()), {matrix.cols(), matrix.rows()},
                       at::kDouble);
}

ProductRun::ProductRun(std::int64_t rows, std::int64_t columns)
    : products_(at::zeros({columns, rows}, at::kDouble)) {}

Eigen::MatrixXd ProductRun::sums() const {
  return Eigen::Map<const Eigen::MatrixXd>(products_.data_ptr<double>(), products_.size(1),
                                           products_.size(0));
}

Eigen::MatrixXd products_of(const sim::BlockedLayer& a, const sim::BlockedLayer& b, int threads) {
  return sum_of_products(a.blocks(), a.blocks().inputs(), b.blocks().inputs(), threads,
                         [&](std::int64_t block, at::Tensor& products) {
                           products.addmm_(b.block(block), a.block(block).t());
                         });
}

}  // namespace wideproof::train
