// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

namespace wideproof::sim {

/// Every hidden layer of one network on P inputs; element l−1 is layer l, each P × width.
struct LayerOutputs {
  std::vector<at::Tensor> preactivations;  ///< h
  std::vector<at::Tensor> activations;     ///< z
};

}  // namespace wideproof::sim
