// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/train/wide/growing_rows.hpp>
#include <wideproof/train/wide/seen_field.hpp>
#include <wideproof/train/wide/wide_layer_law.hpp>

namespace wideproof::train {

/// A layer above the first in training, its weights never drawn:
///
///   h = s F_A X F_Bᵀz + Δ + b,     ∂Loss/∂z = s F_B Xᵀ F_Aᵀδ + …,     δ = ∂Loss/∂h, s = σ/√n
///
/// Where the field trains, or no filter stands between it and the weights, X itself moves by
/// −η s Σ_a F_Aᵀδ_a (F_Bᵀz_a)ᵀ a step (SeenField). Else the weights move by −η s² Σ_a δ_a z_aᵀ: all
/// δ and z of the past are kept, and give Δ = −η s² Σ δ_a (z_a·z) and its counterpart. The biases b
/// move by −η σ_b² Σ_a δ_a, or by F_A F_Aᵀ of that where the field trains.
class DeepLayer {
 public:
  /// `layer`: its number, from 2.
  DeepLayer(const WideLayerLaw& law, const sim::NetworkId& id, std::int64_t layer,
            const sim::NeuronBlocks& blocks);

  /// Writes h of activations z below, m × n. Returns the coefficients of F_Bᵀz, k × m.
  Eigen::MatrixXd forward(const sim::BlockedLayer& z, sim::BlockedLayer& h, int threads);

  /// Writes gradients in z below of gradients δ in h, P × n. Returns the coefficients of F_Aᵀδ.
  Eigen::MatrixXd backward(const sim::BlockedLayer& gradients, sim::BlockedLayer& below,
                           int threads);

  /// What one input did at a step: `z` and `right` as forward() had them, `gradients` and `left` as
  /// backward() did.
  struct Step {
    const sim::BlockedLayer& z;
    const Eigen::MatrixXd& right;
    const sim::BlockedLayer& gradients;
    const Eigen::MatrixXd& left;
  };

  /// A step along gradients of which ∂Loss/∂h_a = weights_a g_a.
  void learn(const Step& step, const Eigen::VectorXd& weights, int threads);

  /// What this layer's parameters contribute to the tangent kernel of those gradients, P × P
  /// (sim::TangentSampler).
  Eigen::MatrixXd tangent(const Step& step, int threads) const;

  double largest_dropped() const { return field_.largest_dropped(); }

 private:
  bool has_bias() const { return bias_.defined(); }
  bool keeps_history() const { return law_.is_filtered() && !law_.trains_field(); }
  /// out −= η s² Σ to_a (from_a·rows) over the history.
  void add_history(const GrowingRows& from, const GrowingRows& to, const sim::BlockedLayer& rows,
                   sim::BlockedLayer& out, int threads) const;
  void move_bias(const sim::BlockedLayer& gradients, const Eigen::VectorXd& weights, int threads);

  const WideLayerLaw& law_;
  double scale_;  ///< s
  SeenField field_;
  at::Tensor bias_;  ///< n
  GrowingRows past_gradients_;
  GrowingRows past_activations_;
};

}  // namespace wideproof::train
