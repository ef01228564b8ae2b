// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>

namespace wideproof::sim {

/// What is kept of a hidden layer that was drawn without its weights, so that gradients can go back
/// through them.
struct LayerTrace {
  BlockedLayer preactivations;              ///< h in multiples of `unit`, P × n
  at::Tensor thresholds;                    ///< likewise, P × 1; undefined without a threshold
  std::optional<BlockedLayer> presynaptic;  ///< F_Bᵀz, where it is not z and a layer comes after
  Eigen::MatrixXd kernel;                   ///< K of h in unit², P × P
  double unit = 1.0;                        ///< LayerUnit::of_preactivations
};

}  // namespace wideproof::sim
