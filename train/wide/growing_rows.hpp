// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/blocked_layer.hpp>

namespace wideproof::train {

/// A k × n matrix in float64 that grows by rows, blocked like a layer of n neurons. Rows lie in
/// chunks that are never moved: a chunk's block stays in the second-level cache for a product.
class GrowingRows {
 public:
  static constexpr std::int64_t chunk_rows = 128;

  /// `blocks`: of any number of inputs.
  explicit GrowingRows(const sim::NeuronBlocks& blocks) : blocks_(blocks.with_inputs(chunk_rows)) {}

  const sim::NeuronBlocks& blocks() const { return blocks_; }
  /// k
  std::int64_t rows() const { return rows_; }

  /// Adds rows of any content, to be written.
  void grow(std::int64_t rows);

  /// Rows first… of a block ← `values`, count × size; and a copy of so many.
  void write(std::int64_t block, std::int64_t first, const at::Tensor& values);
  at::Tensor read(std::int64_t block, std::int64_t first, std::int64_t count) const;

  /// products += x Rᵀ over a block's neurons. `x`: m × size; R: the first rows, as many as
  /// `products` has columns.
  void add_products(std::int64_t block, const at::Tensor& x, at::Tensor& products) const;

  /// out += coefficients R on a block. `coefficients`: m × so many of the first rows.
  void add_combination(std::int64_t block, const at::Tensor& coefficients, at::Tensor& out) const;

 private:
  /// Calls visit(first row, rows of a block's chunk) for the rows first…first + count − 1.
  template <class Visit>
  void visit(std::int64_t block, std::int64_t first, std::int64_t count, const Visit& visit) const;

  sim::NeuronBlocks blocks_;
  std::vector<sim::BlockedLayer> chunks_;
  std::int64_t rows_ = 0;
};

}  // namespace wideproof::train
