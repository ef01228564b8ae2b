// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/activity/input_counts.hpp>
#include <wideproof/sim/controls/companion_threshold.hpp>
#include <wideproof/sim/controls/layer_companion.hpp>
#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/layers/gaussian_layer.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/layers/layer_pool.hpp>
#include <wideproof/sim/layers/layer_run.hpp>
#include <wideproof/sim/layers/layer_summary.hpp>
#include <wideproof/sim/layers/layer_trace.hpp>

namespace wideproof::sim {

/// What collapsed layers of one width and one law are made with, of any network.
struct CollapsedLayerParts {
  LayerActivation activation;
  LateralConvolver presynaptic;
  LateralConvolver postsynaptic;
  double threshold_spread = 1.0;  ///< of LayerThreshold
  InputCounts counts;             ///< D inputs
};

/// One layer of one network, from its kernel to its Gram: h = F_A S X, z = φ(h − t), F_Bᵀz.
///
/// It is worked through block by block of neurons, on several threads. Where neither the threshold
/// nor a lateral filter needs the whole layer no block outlives its sums; else the layer is stored
/// in one taken from a pool and goes from h to z to F_Bᵀz in place.
class CollapsedLayer {
 public:
  /// Sees a block's pre-activations and activations, P × size each.
  using BlockVisitor =
      std::function<void(std::int64_t block, const at::Tensor& h, const at::Tensor& z)>;

  /// `counts`: of the network; `show` may be empty. `dtype` is that of the neurons, `sums` of the
  /// sums over a run of them.
  CollapsedLayer(const CollapsedLayerParts& parts, const NetworkCounts& counts, LayerPool& pool,
                 const NeuronBlocks& blocks, at::ScalarType dtype, at::ScalarType sums, int threads,
                 const BlockVisitor& show)
      : parts_(parts),
        counts_(counts),
        pool_(pool),
        blocks_(blocks),
        dtype_(dtype),
        sums_(sums),
        threads_(threads),
        show_(show) {}

  /// `layer`: from 1; `variances`: the diagonal of the kernel that `source` was made with.
  /// `companion` and `trace`, if any, are to be filled; of the trace, the layer's neurons and
  /// thresholds. `unit`: of h (LayerUnit), in which `source`, `variances` and all that is told of
  /// the layer are.
  LayerSummary operator()(const GaussianLayer& source, const Eigen::VectorXd& variances,
                          std::int64_t layer, double unit, bool is_last, LayerCompanion* companion,
                          LayerTrace* trace) const;

 private:
  /// What a layer has beside its neurons while it is worked through.
  struct Companion {
    CompanionThreshold threshold;
    std::optional<BlockedLayer> stored;  ///< z̃, where it is to be filtered
  };

  /// What sums over neurons are taken in within a run of blocks.
  at::ScalarType sum_dtype(const GaussianLayer& source) const;
  LayerRun new_run(const GaussianLayer& source, const Companion* companion) const;
  LayerSums fused(const GaussianLayer& source, std::int64_t layer, double unit,
                  Companion* companion, LayerTrace* trace) const;
  /// Fills `stored` with h, of layers that are projected with z, and `preactivations`, if any, with
  /// h. Returns thresholds.
  at::Tensor draw(const GaussianLayer& source, const Eigen::VectorXd& variances, std::int64_t layer,
                  double unit, BlockedLayer& stored, BlockedLayer* preactivations) const;
  /// Turns a block's h into z and adds it up, with z̃ if there is a companion.
  void activate(std::int64_t block, const at::Tensor& thresholds, at::Tensor& h, LayerRun& sums,
                Companion* companion, LayerTrace* trace,
                const BlockedLayer* preactivations = nullptr) const;
  /// Σ_i of F_Bᵀz, in place.
  Eigen::MatrixXd filter_presynaptic(at::ScalarType sum_dtype, BlockedLayer& stored) const;

  const CollapsedLayerParts& parts_;
  const NetworkCounts& counts_;
  LayerPool& pool_;
  const NeuronBlocks& blocks_;
  at::ScalarType dtype_;
  at::ScalarType sums_;
  int threads_;
  const BlockVisitor& show_;
};

}  // namespace wideproof::sim
