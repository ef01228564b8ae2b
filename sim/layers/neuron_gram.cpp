// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/neuron_gram.hpp>

#include <algorithm>
#include <cstdint>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t neurons_at_once = 1024;

/// Inputs whose rows of the Gram are one product.
constexpr std::int64_t tile = 512;

}  // namespace

Eigen::MatrixXd neuron_gram(const at::Tensor& z, int threads) {
  const at::NoGradGuard no_grad;
  const std::int64_t inputs = z.size(0);
  const std::int64_t neurons = z.size(1);
  const std::int64_t tiles = (inputs + tile - 1) / tile;
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(inputs, inputs);
  // Its upper triangle in rows is the lower one in columns.
  const auto rows_of_gram = at::from_blob(gram.data(), {inputs, inputs}, at::kDouble);
  for (std::int64_t first = 0; first < neurons; first += neurons_at_once) {
    const auto wide =
        z.narrow(1, first, std::min(neurons_at_once, neurons - first)).to(at::kDouble).contiguous();
    for_each_block(tiles, threads, [&](std::int64_t t) {
      const at::NoGradGuard of_this_thread;
      const std::int64_t row = t * tile;
      const std::int64_t rows = std::min(tile, inputs - row);
      auto part = rows_of_gram.narrow(0, row, rows).narrow(1, row, inputs - row);
      part.addmm_(wide.narrow(0, row, rows), wide.narrow(0, row, inputs - row).t());
    });
  }
  gram /= static_cast<double>(neurons);
  for (std::int64_t column = 0; column < inputs; column += tile) {
    const std::int64_t columns = std::min(tile, inputs - column);
    for (std::int64_t row = 0; row < column; row += tile) {
      gram.block(row, column, tile, columns) = gram.block(column, row, columns, tile).transpose();
    }
    auto square = gram.block(column, column, columns, columns);
    square = Eigen::MatrixXd(square.selfadjointView<Eigen::Lower>());
  }
  return gram;
}

}  // namespace wideproof::sim
