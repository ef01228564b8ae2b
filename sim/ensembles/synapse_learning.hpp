// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// Changes a layer's weights by what its units see of an ensemble x (n × M), row by row:
///
///   hebb   w_i ← |w_i⁰| v/|v|,   v = w_i + η ⟨y_i x⟩
///   oja    w_i ← w_i + η (⟨y_i x⟩ − ⟨y_i h_i⟩ w_i/|w_i⁰|²)
///
/// `steps` times, with h_i = w_i·x, y_i = φ(h_i + b_i − t), ⟨⟩ the mean over the ensemble and w_i⁰
/// the row as it was drawn. Oja's rule (1982, there y = h and |w⁰| = 1) is the first order in η of
/// Hebb's with rows brought back to their norms; linear units of either go to the leading
/// eigenvector of ⟨x xᵀ⟩. Then, where `shuffled`, each row is put into a random order of its own:
/// the weights that a unit has stay, what rows have in common goes.
///
/// Thresholds are those that are known before the layer (ThresholdRule::fixed).
class SynapseLearning {
 public:
  /// `inputs`: x, in multiples of `unit`.
  SynapseLearning(const model::Synapses& synapses, const LayerActivation& activation,
                  const NetworkId& id, std::int64_t layer, const at::Tensor& inputs, double unit);

  /// Rows first … of W, count × n; `biases`: b of these, count × 1 in the inputs' unit, or
  /// undefined. Throws InputError naming network.synapses.rate where the weights leave the dtype's
  /// range.
  void change(std::int64_t first, at::Tensor& weights, const at::Tensor& biases) const;

 private:
  void learn(at::Tensor& weights, const at::Tensor& biases) const;
  void shuffle(std::int64_t first, at::Tensor& weights) const;

  model::Synapses synapses_;
  const LayerActivation& activation_;
  StreamName orders_;
  std::int64_t layer_;
  double unit_;
  at::Tensor inputs_;      ///< n × M
  at::Tensor transposed_;  ///< M × n
};

}  // namespace wideproof::sim
