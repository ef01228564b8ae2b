// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/hidden_statistics.hpp>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/row_kernels.hpp>
#include <wideproof/train/descent/block_split.hpp>

namespace wideproof::train {
namespace {

using Tiles = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// On and above the diagonal.
Tiles upper_tiles(const BlockSplit& split) {
  Tiles tiles;
  for (std::int64_t i = 0; i < split.count(); ++i) {
    for (std::int64_t j = i; j < split.count(); ++j) tiles.emplace_back(i, j);
  }
  return tiles;
}

}  // namespace

HiddenStatistics::Side HiddenStatistics::side(std::int64_t inputs, std::int64_t width) {
  if (std::min(inputs, width) > most_rows) return Side::none;
  return inputs <= width ? Side::inputs : Side::neurons;
}

HiddenStatistics::HiddenStatistics(std::int64_t inputs, const std::vector<std::int64_t>& widths,
                                   at::ScalarType dtype, ActivitySigns signs, WorkerTeam& team)
    : side_(side(inputs, widths.back())),
      inputs_(inputs),
      widths_(widths),
      signs_(signs),
      active_(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(widths.size()))),
      team_(team) {
  if (side_ == Side::none) return;
  const std::int64_t width = widths.back();
  const std::int64_t rows = std::min(inputs, width);
  gram_ = at::empty({rows, rows}, dtype);
  if (side_ == Side::inputs) activations_ = at::empty({inputs, width}, dtype);
}

void HiddenStatistics::add(const NetworkPass& pass) {
  for (std::int64_t layer = 0; layer < pass.hidden(); ++layer) {
    const auto z = pass.activations(static_cast<std::size_t>(layer));
    if (signs_.count_both) {
      active_[layer] += static_cast<double>(z.count_nonzero().item<std::int64_t>());
      continue;
    }
    AT_DISPATCH_FLOATING_TYPES(z.scalar_type(), "HiddenStatistics", [&] {
      active_[layer] += static_cast<double>(sim::count_positive(z.data_ptr<scalar_t>(), z.numel()));
    });
  }
  const auto last = pass.activations(static_cast<std::size_t>(pass.hidden() - 1));
  if (side_ == Side::inputs) activations_.narrow(0, seen_, last.size(0)).copy_(last);
  if (side_ == Side::neurons) multiply(last, seen_ == 0 ? 0 : 1);
  seen_ += last.size(0);
}

void HiddenStatistics::multiply(const at::Tensor& z, double keep) {
  const bool of_neurons = side_ == Side::neurons;
  const BlockSplit split(gram_.size(0), neurons_at_once);
  const auto tiles = upper_tiles(split);
  team_.for_each(static_cast<std::int64_t>(tiles.size()), [&](std::int64_t tile) {
    const auto [i, j] = tiles[static_cast<std::size_t>(tile)];
    const auto part = [&](std::int64_t block) {
      return z.narrow(of_neurons ? 1 : 0, split.first(block), split.size(block));
    };
    auto out =
        gram_.narrow(0, split.first(i), split.size(i)).narrow(1, split.first(j), split.size(j));
    sim::multiply({.transpose_a = of_neurons, .transpose_b = !of_neurons, .keep = keep}, part(i),
                  part(j), out);
  });
}

Eigen::VectorXd HiddenStatistics::active_fractions() const {
  Eigen::VectorXd fractions = active_ / static_cast<double>(inputs_);
  for (std::size_t layer = 0; layer < widths_.size(); ++layer) {
    fractions[static_cast<Eigen::Index>(layer)] /= static_cast<double>(widths_[layer]);
  }
  return fractions;
}

double HiddenStatistics::effective_dimension() {
  if (side_ == Side::none) return std::numeric_limits<double>::quiet_NaN();
  if (side_ == Side::inputs) multiply(activations_, 0);
  double squares = 0;
  const BlockSplit split(gram_.size(0), neurons_at_once);
  for (const auto& [i, j] : upper_tiles(split)) {
    const auto tile =
        gram_.narrow(0, split.first(i), split.size(i)).narrow(1, split.first(j), split.size(j));
    squares += (i == j ? 1 : 2) * tile.to(at::kDouble).square().sum().item<double>();
  }
  const double trace = gram_.diagonal().to(at::kDouble).sum().item<double>();
  return trace * trace / squares;
}

double HiddenStatistics::memory(std::int64_t inputs, std::int64_t width, double bytes_per_number) {
  const auto p = static_cast<double>(inputs);
  const auto n = static_cast<double>(width);
  switch (side(inputs, width)) {
    case Side::inputs:
      return bytes_per_number * (p * n + p * p);
    case Side::neurons:
      return bytes_per_number * n * n;
    case Side::none:
      break;
  }
  return 0;
}

}  // namespace wideproof::train
