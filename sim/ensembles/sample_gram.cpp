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

constexpr std::int64_t tile_columns = 128;
constexpr std::int64_t rows_at_once = 8192;

/// Columns first … first + columns − 1 of x against those of y from `from` on.
void fill_tile(const at::Tensor& x, const at::Tensor& y, std::int64_t first, std::int64_t columns,
               std::int64_t from, at::Tensor& out) {
  const std::int64_t across = y.size(1) - from;
  auto tile = out.narrow(0, first, columns).narrow(1, from, across);
  auto part = at::empty({columns, across}, x.options());
  for (std::int64_t row = 0; row < x.size(0); row += rows_at_once) {
    const std::int64_t rows = std::min(rows_at_once, x.size(0) - row);
    multiply_transposed(x.narrow(0, row, rows).narrow(1, first, columns),
                        y.narrow(0, row, rows).narrow(1, from, across), part);
    tile.add_(part);
  }
}

at::Tensor tiled_gram(const at::Tensor& x, const at::Tensor& y, bool upper_half, int threads) {
  auto out = at::zeros({x.size(1), y.size(1)}, x.options().dtype(at::kDouble));
  for_each_block((x.size(1) + tile_columns - 1) / tile_columns, threads, [&](std::int64_t tile) {
    const std::int64_t first = tile * tile_columns;
    const std::int64_t columns = std::min(tile_columns, x.size(1) - first);
    fill_tile(x, y, first, columns, upper_half ? first : 0, out);
  });
  return out;
}

}  // namespace

at::Tensor sample_gram(const at::Tensor& x, const at::Tensor& y, int threads) {
  return tiled_gram(x, y, false, threads);
}

at::Tensor sample_gram(const at::Tensor& x, int threads) {
  auto gram = tiled_gram(x, x, true, threads);
  for (std::int64_t first = tile_columns; first < gram.size(0); first += tile_columns) {
    const std::int64_t rows = std::min(tile_columns, gram.size(0) - first);
    gram.narrow(0, first, rows)
        .narrow(1, 0, first)
        .copy_(gram.narrow(1, first, rows).narrow(0, 0, first).t());
  }
  return gram;
}

}  // namespace wideproof::sim
