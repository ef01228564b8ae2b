// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>

namespace wideproof::train {

/// Calls work(0) … work(blocks − 1), in any order and on any threads, and returns when all are
/// done.
using ForEachBlock =
    std::function<void(std::int64_t blocks, const std::function<void(std::int64_t)>& work)>;

/// On the calling thread.
void in_turn(std::int64_t blocks, const std::function<void(std::int64_t)>& work);

/// Activations of neurons over M samples, centred and of unit norm, and their correlations:
///
///   ã_i = a_i − mean(a_i),   z_i = ã_i/‖ã_i‖,   ρ_ij = z_i·z_j
///
/// A neuron that is constant over the samples is dead: its z_i is 0, and so is ρ to all others. It
/// is told apart before anything is divided by its norm.
struct NeuronCorrelations {
  at::Tensor z;                 ///< N × M, contiguous
  std::vector<double> norms;    ///< ‖ã_i‖; 0 of dead neurons
  std::vector<double> squares;  ///< z_i·z_i as it is rounded, near 1; 0 of dead neurons

  std::int64_t neurons() const { return z.size(0); }
  std::int64_t samples() const { return z.size(1); }
  bool is_dead(std::int64_t neuron) const { return norms[static_cast<std::size_t>(neuron)] == 0; }
};

/// z and norms of the rows of `activations`, N × M and contiguous, which become z in place.
NeuronCorrelations centred_neurons(at::Tensor activations, const ForEachBlock& for_each);

/// matrix ← ρ, N × N, by products of tiles on and above the diagonal; the others mirror them. It is
/// made anew where it has another shape or dtype. The same bits however blocks are shared out.
void correlate(const NeuronCorrelations& neurons, const ForEachBlock& for_each, at::Tensor& matrix);

/// ρ_ij in double precision; ±1 exactly where z_i = ±z_j, 0 where one is dead.
double correlation(const NeuronCorrelations& neurons, std::int64_t i, std::int64_t j);

}  // namespace wideproof::train
