// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/tangent/tangent_options.hpp>
#include <wideproof/sim/layers/layer_trace.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/network_sampler.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/tangent/backward_layer.hpp>

namespace wideproof::sim {

/// Draws what P inputs see of a network, and the tangent kernels of that network,
///
///   Θ^l_ab = (1/n) Σ_i Σ_θ ∂h^l_i(x_a)/∂θ ∂h^l_i(x_b)/∂θ,     Θ_ab = Σ_θ ∂y(x_a)/∂θ ∂y(x_b)/∂θ,
///
/// over all parameters at or below h^l or the output y = (σ_r/√n) Σ_j v_j z^L_j, v white, without
/// drawing its weights: exact in law, at the cost of n·P normals a layer forward and n·P a layer
/// and probe backward. What the weights make of a gradient is drawn given all that is known of them
/// (TransposedProduct), so that K, Θ^1…Θ^L and Θ have the joint law that they have in a network.
///
/// In layer l the parameters are ω, W = (σ/√n) ω, or the field X beneath, ω = F_A X F_Bᵀ
/// (model::Trained). With δ = ∂y/∂h^l they contribute
///
///   weights   σ² (1/n) z_a·z_b δ_a·δ_b             + σ_b² δ_a·δ_b
///   field     σ² (1/n) z̃_a·z̃_b F_Aᵀδ_a·F_Aᵀδ_b     + σ_b² F_Aᵀδ_a·F_Aᵀδ_b,     z̃ = F_Bᵀz
///
/// z being the layer before; at the first layer x_a·x_b in place of all that is not δ. The readout
/// contributes (σ_r²/n) z_a·z_b.
///
/// Θ^l is the mean over neurons, estimated without bias from one probe a network: the gradients of
/// (1/√n) Σ_i ξ_i h^l_i, ξ_i = ±1 at random, for parameters below layer l. Those of layer l itself
/// contribute what they do on average, δ_a·δ_b = 1 and F_Aᵀδ_a·F_Aᵀδ_b = 1.
class TangentSampler final : public NetworkSampler {
 public:
  /// `readout_variance`: σ_r²; the others are CollapsedSampler's. Throws model::InputError for what
  /// that refuses, for a step as activation, and where all gradients that pass a layer are more
  /// numbers than a random stream holds.
  TangentSampler(SampledLaw law, std::int64_t width, Eigen::MatrixXd cosines, at::ScalarType dtype,
                 const model::TangentOptions& options, double readout_variance,
                 const InputCounts& counts = {});

  /// How many tangent kernels are shown of networks of that depth.
  static std::int64_t kernels(model::TangentLayers layers, std::int64_t depth) {
    return layers == model::TangentLayers::all ? depth + 1 : 1;
  }

  /// Shows the hidden layers 1…L as CollapsedSampler does, to the last bit; then, numbered on from
  /// L + 1, the kernels() in `gram`: Θ^1…Θ^L, if they are asked for, and the output's. No `gram` is
  /// scaled.
  void sample(std::uint64_t seed, std::int64_t replicate, int threads,
              const Visitor& visit) const override;
  double memory(int threads) const override;
  double work() const override;
  bool is_large() const override;

 private:
  bool has_all_layers() const { return options_.layers == model::TangentLayers::all; }
  /// The gradients that go on from layer `layer`.
  GradientRows rows_at(std::int64_t layer) const;

  SampledLaw law_;
  Eigen::MatrixXd cosines_;
  at::ScalarType dtype_;
  model::TangentOptions options_;
  double readout_variance_;
  NeuronBlocks blocks_;
  InputOrder order_;
  BackwardParts parts_;
  CollapsedSampler forward_;
};

}  // namespace wideproof::sim
