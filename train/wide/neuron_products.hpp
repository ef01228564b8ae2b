// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/layers/neuron_blocks.hpp>
#include <wideproof/sim/layers/neuron_sums.hpp>

namespace wideproof::train {

/// Mᵀ without a copy, columns × rows and contiguous, for as long as `matrix` lives.
at::Tensor transposed_view(const Eigen::MatrixXd& matrix);

/// Products over one run of a layer's neurons, in float64.
class ProductRun {
 public:
  ProductRun(std::int64_t rows, std::int64_t columns);

  /// Of the run so far, columns × rows, to add to.
  at::Tensor& products() { return products_; }
  /// rows × columns
  Eigen::MatrixXd sums() const;

 private:
  at::Tensor products_;
};

/// Σ over a layer's neurons, rows × columns: `add(block, products)` adds a block's part to
/// `products`, columns × rows. The same bits for any number of threads.
template <class Add>
Eigen::MatrixXd sum_of_products(const sim::NeuronBlocks& blocks, std::int64_t rows,
                                std::int64_t columns, int threads, const Add& add) {
  Eigen::MatrixXd total = Eigen::MatrixXd::Zero(rows, columns);
  if (total.size() == 0) return total;
  return sim::sum_over_neurons(
      blocks, threads, std::move(total), [&] { return ProductRun(rows, columns); },
      [&](std::int64_t block, ProductRun& run) { add(block, run.products()); });
}

/// a bᵀ, p × q, of layers p × n and q × n.
Eigen::MatrixXd products_of(const sim::BlockedLayer& a, const sim::BlockedLayer& b, int threads);

}  // namespace wideproof::train
