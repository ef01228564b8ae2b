// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/model/network.hpp>

namespace wideproof::sim {

/// The law that finite networks are sampled from: the network's description and the numbers that
/// it leaves to the theory. They are data to sim, which computes no kernel.
struct SampledLaw {
  model::Network network = model::Network({});
  double weight_variance = 1.0;  ///< σ² of layers 2…depth; the first layer's is 1
  /// K∞(x,x) of layers 1…depth, read by ThresholdRule::fixed; empty: 1 at every layer.
  std::vector<double> preactivation_variance = {};
  /// σ² of what leads from each layer to the next; empty: `weight_variance` from all.
  std::vector<double> layer_weight_variances = {};

  /// σ² of what leads from hidden layer `layer`, from 1, to the next.
  double weight_variance_from(std::int64_t layer) const {
    return layer_weight_variances.empty()
               ? weight_variance
               : layer_weight_variances.at(static_cast<std::size_t>(layer - 1));
  }
  /// The law of networks whose layers are all like hidden layer `layer`.
  SampledLaw like_layer(std::int64_t layer) const {
    return {network.like_layer(layer), weight_variance_from(layer), preactivation_variance, {}};
  }
};

}  // namespace wideproof::sim
