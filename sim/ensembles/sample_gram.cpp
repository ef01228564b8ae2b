// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/sample_gram.hpp>

#include <algorithm>
#include <cstdint>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>

namespace wideproof::sim {
namespace {

/// Fewer multiply slowly.
constexpr std::int64_t least_columns_at_once = 128;
constexpr std::int64_t rows_at_once = 8192;

/// out += xᵀ y
void add_products(const at::Tensor& x, const at::Tensor& y, at::Tensor out) {
  auto part = at::empty(out.sizes(), x.options());
  for (std::int64_t row = 0; row < x.size(0); row += rows_at_once) {
    const std::int64_t rows = std::min(rows_at_once, x.size(0) - row);
    multiply_transposed(x.narrow(0, row, rows), y.narrow(0, row, rows), part);
    out.add_(part);
  }
}

at::Tensor no_products(const at::Tensor& x, const at::Tensor& y) {
  return at::zeros({x.size(1), y.size(1)}, x.options().dtype(at::kDouble));
}

}  // namespace

at::Tensor sample_gram(const at::Tensor& x, const at::Tensor& y) {
  auto gram = no_products(x, y);
  add_products(x, y, gram);
  return gram;
}

at::Tensor sample_gram(const at::Tensor& x, int threads) {
  auto gram = no_products(x, x);
  const std::int64_t size = x.size(1);
  const auto at_once = std::max(size / 4, least_columns_at_once);
  for_each_block((size + at_once - 1) / at_once, threads, [&](std::int64_t block) {
    const std::int64_t first = block * at_once;
    const std::int64_t columns = std::min(at_once, size - first);
    const std::int64_t right = size - first;
    add_products(x.narrow(1, first, columns), x.narrow(1, first, right),
                 gram.narrow(0, first, columns).narrow(1, first, right));
  });
  for (std::int64_t first = at_once; first < size; first += at_once) {
    const std::int64_t rows = std::min(at_once, size - first);
    gram.narrow(0, first, rows)
        .narrow(1, 0, first)
        .copy_(gram.narrow(1, first, rows).narrow(0, 0, first).t());
  }
  return gram;
}

}  // namespace wideproof::sim
