// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/activity/input_counts.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/layers/layer_outputs.hpp>
#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/networks/network_sampler.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// Draws every weight of a network and pushes P inputs through it, holding only a block of rows of
/// a weight matrix at a time.
///
/// It is the network that SparseCorrelatedNetwork makes of the same NetworkId: the product is
/// evaluated as h = F_A (s X (F_B z) + σ_b ξ), which convolves n × P numbers in place of n × n.
/// Layers are computed in units that keep them in the dtype's range (LayerUnit).
class DirectSampler final : public NetworkSampler {
 public:
  /// `inputs`: P × dimension on the CPU; its dtype is the network's. `width` is every network's.
  /// Throws model::InputError when a filter does not fit the width.
  /// `counts` is CollapsedSampler's.
  DirectSampler(SampledLaw law, std::int64_t width, at::Tensor inputs,
                const InputCounts& counts = {});

  void sample(std::uint64_t seed, std::int64_t replicate, int threads,
              const Visitor& visit) const override;
  double memory(int threads) const override;
  double work() const override;
  bool is_large() const override;

  /// What is seen of a layer as it is passed: its number from 1, the unit that it is counted in,
  /// pre-activations, activations (P × n), and what the next layer's weights see, F_B z (P × n;
  /// undefined at the last layer).
  using TensorVisitor = std::function<void(
      std::int64_t layer, const LayerUnit& unit, const at::Tensor& preactivations,
      const at::Tensor& activations, const at::Tensor& presynaptic)>;

  /// Samples the network that `seed` and `replicate` name and shows its layers in order.
  void pass(std::uint64_t seed, std::int64_t replicate, int threads,
            const TensorVisitor& visit) const;

  /// pass(), every layer kept, as far as the dtype holds it.
  LayerOutputs outputs(std::uint64_t seed, std::int64_t replicate) const;

 private:
  /// What layers of one width and one law have in common.
  struct Stage {
    std::int64_t width;
    LateralConvolver presynaptic;
    LateralConvolver postsynaptic;
    LayerActivation activation;
    bool is_signed;  ///< whether activities may be negative
  };

  const Stage& stage(std::int64_t layer) const {
    return *stages_[static_cast<std::size_t>(layer - 1)];
  }
  /// Numbers that layer `layer` sees.
  std::int64_t fan_in(std::int64_t layer) const {
    return layer == 1 ? inputs_.size(1) : stage(layer - 1).width;
  }

  /// `presynaptic` in unit.of_activations(); the result in the layer's own, which `unit` then is.
  at::Tensor preactivations(const NetworkId& id, std::int64_t layer, int threads,
                            const at::Tensor& presynaptic, LayerUnit& unit) const;

  SampledLaw law_;
  std::int64_t width_;  ///< n, which the layers' own are multiples of
  at::Tensor inputs_;
  std::vector<std::shared_ptr<const Stage>> stages_;  ///< by layer, those that are alike shared
  InputCounts counts_;
};

}  // namespace wideproof::sim
