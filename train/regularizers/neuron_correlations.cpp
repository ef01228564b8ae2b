// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/neuron_correlations.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <Eigen/Core>

#include <wideproof/sim/numeric/matrix_product.hpp>

namespace wideproof::train {
namespace {

constexpr std::int64_t rows_at_once = 64;
/// Rows and columns of a tile of the matrix: a product's rate has levelled off.
constexpr std::int64_t tile_size = 256;

template <class Real>
using Samples = Eigen::Map<Eigen::Array<Real, Eigen::Dynamic, 1>>;

/// a ← z; returns ‖ã‖, or 0. Differences from the first sample are 0 exactly where a is constant,
/// whatever its mean rounds to.
template <class Real>
double centre(Samples<Real> a) {
  const double first = static_cast<double>(a[0]);
  Eigen::ArrayXd centred = a.template cast<double>() - first;
  centred -= centred.mean();
  const double norm = std::sqrt(centred.square().sum());
  if (norm < static_cast<double>(std::numeric_limits<Real>::min())) {
    a.setZero();
    return 0;
  }
  a = (centred / norm).template cast<Real>();
  return norm;
}

template <class Real>
double dot(const Real* a, const Real* b, std::int64_t size) {
  using Row = Eigen::Map<const Eigen::Array<Real, Eigen::Dynamic, 1>>;
  return (Row(a, size).template cast<double>() * Row(b, size).template cast<double>()).sum();
}

}  // namespace

void in_turn(std::int64_t blocks, const std::function<void(std::int64_t)>& work) {
  for (std::int64_t block = 0; block < blocks; ++block) work(block);
}

NeuronCorrelations centred_neurons(at::Tensor activations, const ForEachBlock& for_each) {
  const std::int64_t count = activations.size(0);
  const std::int64_t samples = activations.size(1);
  NeuronCorrelations neurons;
  neurons.norms.resize(static_cast<std::size_t>(count));
  neurons.squares.resize(static_cast<std::size_t>(count));
  AT_DISPATCH_FLOATING_TYPES(activations.scalar_type(), "centred_neurons", [&] {
    auto* data = activations.data_ptr<scalar_t>();
    for_each((count + rows_at_once - 1) / rows_at_once, [&](std::int64_t block) {
      const std::int64_t end = std::min(count, (block + 1) * rows_at_once);
      for (std::int64_t row = block * rows_at_once; row < end; ++row) {
        auto* a = data + row * samples;
        neurons.norms[static_cast<std::size_t>(row)] = centre(Samples<scalar_t>(a, samples));
        neurons.squares[static_cast<std::size_t>(row)] = dot(a, a, samples);
      }
    });
  });
  neurons.z = std::move(activations);
  return neurons;
}

void correlate(const NeuronCorrelations& neurons, const ForEachBlock& for_each,
               at::Tensor& matrix) {
  const std::int64_t count = neurons.neurons();
  if (!matrix.defined() || matrix.size(0) != count ||
      matrix.scalar_type() != neurons.z.scalar_type()) {
    matrix = at::empty({count, count}, neurons.z.options());
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> tiles;
  for (std::int64_t row = 0; row < count; row += tile_size) {
    for (std::int64_t column = row; column < count; column += tile_size) {
      tiles.emplace_back(row, column);
    }
  }
  for_each(static_cast<std::int64_t>(tiles.size()), [&](std::int64_t tile) {
    const auto [row, column] = tiles[static_cast<std::size_t>(tile)];
    const std::int64_t rows = std::min(tile_size, count - row);
    const std::int64_t columns = std::min(tile_size, count - column);
    auto product = matrix.narrow(0, row, rows).narrow(1, column, columns);
    sim::multiply({.transpose_b = true}, neurons.z.narrow(0, row, rows),
                  neurons.z.narrow(0, column, columns), product);
    if (row == column) return;
    matrix.narrow(0, column, columns).narrow(1, row, rows).copy_(product.t());
  });
}

double correlation(const NeuronCorrelations& neurons, std::int64_t i, std::int64_t j) {
  const double squares =
      neurons.squares[static_cast<std::size_t>(i)] * neurons.squares[static_cast<std::size_t>(j)];
  if (squares == 0) return 0;
  double product = 0;
  const std::int64_t samples = neurons.samples();
  AT_DISPATCH_FLOATING_TYPES(neurons.z.scalar_type(), "correlation", [&] {
    const auto* z = neurons.z.data_ptr<scalar_t>();
    product = dot(z + i * samples, z + j * samples, samples);
  });
  return std::clamp(product / std::sqrt(squares), -1.0, 1.0);
}

}  // namespace wideproof::train
