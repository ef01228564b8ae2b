// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/training/regularizer_options.hpp>
#include <wideproof/train/regularizers/neuron_correlations.hpp>

namespace wideproof::train {

/// R of the activations of a batch (model::Regularizer's mean_correlation, t1, t2) and its gradient
/// by activations. With w = 1 − |ρ| of the N − 1 edges of the minimum spanning tree, E = N − 1 and
///
///   ∂t1/∂w_e = −1,   ∂t2/∂w_e = a (w_e − mean(w))/(E std(w)) − (1 − a)/E
///   ∂(1 − |ρ_ij|)/∂a_i = −sgn(ρ_ij) (z_j − ρ_ij z_i)/‖ã_i‖
///
/// (Ballester et al. 2023), through the tree's edges alone; of the mean of |ρ| through all pairs. A
/// dead neuron has w = 1 and no gradient, nor have others by their edges to it. Where std(w) is 0
/// its gradient is 0, which is its smallest subgradient. Which neurons are taken, and which tree,
/// is constant to the gradient. Fewer than two neurons, or of the mean two that are not dead: R =
/// 0.
class ActivationPenalty {
 public:
  /// `options`: of correlations. `for_each` shares out blocks; results do not depend on how.
  explicit ActivationPenalty(const model::RegularizerOptions& options,
                             ForEachBlock for_each = in_turn);

  /// R. `layers`: those of the hidden layers, of which options.neurons_of() neurons are taken, and
  /// last the outputs; M × n each, of one dtype, rows contiguous. Throws model::InputError naming
  /// training.regularizer.kind for M = 1, training.regularizer.neurons for too many.
  double value(const std::vector<at::Tensor>& layers);

  /// R, and gradients ← weight·∂R/∂a, of the shapes of `layers`.
  double value(const std::vector<at::Tensor>& layers, double weight,
               const std::vector<at::Tensor>& gradients);

  /// Bytes held at a time; of so many neurons taken.
  static double memory(double neurons, double samples, double bytes_per_number);

 private:
  std::vector<at::Tensor> chosen_neurons(const std::vector<at::Tensor>& layers) const;
  NeuronCorrelations gathered(const std::vector<at::Tensor>& layers,
                              const std::vector<at::Tensor>& chosen) const;
  double tree_penalty(const NeuronCorrelations& neurons, double weight, at::Tensor* gradient);
  double mean_penalty(const NeuronCorrelations& neurons, double weight, at::Tensor* gradient);
  double of(const std::vector<at::Tensor>& layers, double weight,
            const std::vector<at::Tensor>* gradients);

  model::RegularizerOptions options_;
  ForEachBlock for_each_;
  at::Tensor matrix_;  ///< ρ of the last call: fresh memory would be paged in each time
};

}  // namespace wideproof::train
