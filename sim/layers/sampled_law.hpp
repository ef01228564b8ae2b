// SPDX-License-Identifier: MIT
#pragma once

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
};

}  // namespace wideproof::sim
