// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <torch/types.h>

namespace wideproof::sim {

/// Every hidden layer of one network on P inputs; element l−1 is layer l, each P × width.
struct LayerOutputs {
  std::vector<torch::Tensor> preactivations;  ///< h
  std::vector<torch::Tensor> activations;     ///< z
};

}  // namespace wideproof::sim
