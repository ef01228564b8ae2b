// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/gradients.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/layers/layer_pool.hpp>
#include <wideproof/sim/layers/layer_trace.hpp>
#include <wideproof/sim/random/normal_stream.hpp>
#include <wideproof/sim/tangent/gradient_rows.hpp>
#include <wideproof/sim/tangent/gradient_sums.hpp>
#include <wideproof/sim/tangent/stored_gradients.hpp>

namespace wideproof::sim {

/// What a layer's gradients are worked out with; the network's, not the layer's own.
struct BackwardParts {
  LayerActivation activation;
  LateralConvolver presynaptic;
  LateralConvolver postsynaptic;
  model::Trained trained = model::Trained::weights;
  /// Whether thresholds hand on derivatives, and have them.
  bool through_thresholds = false;
};

/// One layer of a backward pass, from ∂y/∂z to what is summed of δ = ∂y/∂h and D = F_Aᵀδ.
///
/// It goes block by block of neurons. Where neither a lateral filter nor a threshold needs the
/// whole layer, no block outlives its sums; else the gradients are stored, P × n a probe.
class BackwardLayer {
 public:
  /// Gradients ∂y/∂z as they come from the layer above: `full` probes' P rows each, then the one
  /// row of the probe that is the same for all inputs, if there is one.
  struct Incoming {
    GradientRows rows;
    bool is_filtered = true;                                        ///< whether they still lack F_B
    std::function<void(std::int64_t block, at::Tensor& out)> draw;  ///< rows × size of a block
  };

  struct Result {
    GradientRows rows;
    Eigen::MatrixXd known;             ///< hᵀδ, P × Q
    Eigen::MatrixXd gram;              ///< DᵀD, Q × Q
    std::vector<Eigen::MatrixXd> own;  ///< of each full probe δᵀδ or, trained in the field, DᵀD
  };

  /// `sums`: dtype of sums over a run of neurons.
  BackwardLayer(const BackwardParts& parts, LayerPool& pool, const LayerTrace& trace,
                at::ScalarType sums, int threads)
      : parts_(parts), pool_(pool), trace_(trace), sums_(sums), threads_(threads) {}

  /// `signs`: of the layer's own probe, if it has one. `passes_on`: whether there is a layer below;
  /// else `own` alone is summed.
  Result operator()(const Incoming& incoming, const std::optional<NormalStream>& signs,
                    bool passes_on) const;

 private:
  const NeuronBlocks& blocks() const { return trace_.preactivations.blocks(); }
  at::Tensor slopes(std::int64_t block) const;
  void draw_signs(const NormalStream& signs, std::int64_t block, at::Tensor out) const;
  GradientSums fused(const Incoming& incoming, const std::optional<NormalStream>& signs,
                     const GradientSumShape& shape) const;
  GradientSums stored(const Incoming& incoming, const std::optional<NormalStream>& signs,
                      const GradientSumShape& shape) const;
  void subtract_thresholds(const StoredGradients& gradients) const;
  GradientSums sums_of(const StoredGradients& gradients, const GradientSumShape& shape) const;

  const BackwardParts& parts_;
  LayerPool& pool_;
  const LayerTrace& trace_;
  at::ScalarType sums_;
  int threads_;
};

}  // namespace wideproof::sim
