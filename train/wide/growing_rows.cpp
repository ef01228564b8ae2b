// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/growing_rows.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

namespace wideproof::train {

void GrowingRows::grow(std::int64_t rows) {
  rows_ += rows;
  while (static_cast<std::int64_t>(chunks_.size()) * chunk_rows < rows_) {
    chunks_.emplace_back(blocks_, at::kDouble);
  }
}

template <class Visit>
void GrowingRows::visit(std::int64_t block, std::int64_t first, std::int64_t count,
                        const Visit& visit) const {
  assert(first + count <= rows_);
  for (std::int64_t row = first; row < first + count;) {
    const std::int64_t in_chunk = row % chunk_rows;
    const std::int64_t rows = std::min(chunk_rows - in_chunk, first + count - row);
    const auto& chunk = chunks_[static_cast<std::size_t>(row / chunk_rows)];
    visit(row, chunk.block(block).narrow(0, in_chunk, rows));
    row += rows;
  }
}

void GrowingRows::write(std::int64_t block, std::int64_t first, const at::Tensor& values) {
  visit(block, first, values.size(0), [&](std::int64_t row, const at::Tensor& rows) {
    rows.copy_(values.narrow(0, row - first, rows.size(0)));
  });
}

at::Tensor GrowingRows::read(std::int64_t block, std::int64_t first, std::int64_t count) const {
  auto out = at::empty({count, blocks_.size(block)}, at::kDouble);
  visit(block, first, count, [&](std::int64_t row, const at::Tensor& rows) {
    out.narrow(0, row - first, rows.size(0)).copy_(rows);
  });
  return out;
}

void GrowingRows::add_products(std::int64_t block, const at::Tensor& x,
                               at::Tensor& products) const {
  visit(block, 0, products.size(1), [&](std::int64_t row, const at::Tensor& rows) {
    products.narrow(1, row, rows.size(0)).addmm_(x, rows.t());
  });
}

void GrowingRows::add_combination(std::int64_t block, const at::Tensor& coefficients,
                                  at::Tensor& out) const {
  visit(block, 0, coefficients.size(1), [&](std::int64_t row, const at::Tensor& rows) {
    out.addmm_(coefficients.narrow(1, row, rows.size(0)), rows);
  });
}

}  // namespace wideproof::train
