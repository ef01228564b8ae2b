// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/regression_kernel.hpp>

#include <algorithm>
#include <optional>
#include <vector>

#include <wideproof/model/activation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

/// Entries that pass through all layers together: they stay in the first-level cache.
constexpr Eigen::Index run_length = 1024;

/// Side of the squares that mirroring moves.
constexpr Eigen::Index tile = 64;

/// One hidden layer for inputs of one variance.
struct LayerMap {
  DualKernel::EntryMap raw_gram;
  DualKernel::EntryMap lateral_gram;  ///< empty without a lateral filter
};

/// What takes the entries of one layer's kernel to the next one's.
void advance(const LayerRecursion& recursion, const LayerMap& layer,
             Eigen::Ref<Eigen::ArrayXd> entries, Eigen::ArrayXd& lateral) {
  if (layer.lateral_gram) {
    auto others = lateral.head(entries.size());
    others = entries;
    layer.lateral_gram(others);
    layer.raw_gram(entries);
    entries += others;
  } else {
    layer.raw_gram(entries);
  }
  entries = recursion.weight_variance() * entries + recursion.bias_variance();
}

void mirror_upper(Eigen::MatrixXd& matrix) {
  const Eigen::Index count = matrix.rows();
  for (Eigen::Index j = 0; j < count; j += tile) {
    const Eigen::Index columns = std::min(tile, count - j);
    for (Eigen::Index i = 0; i < j; i += tile) {
      matrix.block(j, i, columns, tile) = matrix.block(i, j, tile, columns).transpose();
    }
    auto square = matrix.block(j, j, columns, columns);
    square = Eigen::MatrixXd(square.selfadjointView<Eigen::Upper>());
  }
}

}  // namespace

Eigen::MatrixXd regression_kernel(const model::Network& network, Eigen::MatrixXd cosines) {
  require_cosines(cosines);
  const LayerRecursion recursion(network);
  const DualKernel& kernel = recursion.kernel();
  const auto& others = recursion.lateral_sum().others();
  const Eigen::Index count = cosines.rows();
  const Eigen::Index entries = count * (count - 1) / 2;

  std::vector<LayerMap> layers;
  double variance = 1;
  for (auto l = network.depth(); l > 1; --l) {
    auto& layer =
        layers.emplace_back(LayerMap{kernel.entry_map(variance, {{1.0, 1.0}}, entries), {}});
    if (!others.empty()) layer.lateral_gram = kernel.entry_map(variance, others, entries);
    variance = recursion.next_variance(variance);
  }
  const auto last = kernel.entry_map(variance, {{1.0, 1.0}}, entries);
  const bool is_scaled = network.activation() == model::Activation::thresholded_relu;
  const double scale = is_scaled ? kernel(1.0, 1.0, 1.0) : 1.0;

  Eigen::ArrayXd lateral(run_length);
  for (Eigen::Index b = 0; b < count; ++b) {
    for (Eigen::Index first = 0; first < b; first += run_length) {
      auto run = cosines.col(b).segment(first, std::min(run_length, b - first)).array();
      run = run.max(-1.0).min(1.0);
      for (const auto& layer : layers) advance(recursion, layer, run, lateral);
      last(run);
      run /= scale;
    }
    cosines(b, b) = kernel(variance, variance, variance) / scale;
  }
  mirror_upper(cosines);
  return cosines;
}

}  // namespace wideproof::theory
