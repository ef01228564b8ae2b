// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::train {

/// What dropout multiplies activations by, independently for each step, hidden layer, place in the
/// batch and neuron: 0 with chance p, else 1/(1 − p) (Srivastava et al. 2014). A mask is what its
/// name says, whoever draws it and when.
class DropoutMasks {
 public:
  /// `chance`: p in [0, 1), of which 2⁻³² is told apart. `widths`: of the hidden layers.
  /// `most_inputs`: of a batch.
  DropoutMasks(const sim::NetworkId& id, double chance, const std::vector<std::int64_t>& widths,
               std::int64_t most_inputs);

  /// The mask of places `first`, `first` + 1, … of a step's batch, in all of hidden layer `layer`,
  /// from 0, into the rows of `mask`, each n numbers that follow each other.
  void draw(std::int64_t step, std::size_t layer, std::int64_t first, const at::Tensor& mask) const;

 private:
  sim::NetworkId id_;
  double chance_;
  std::int64_t layers_;
  std::int64_t blocks_of_row_;  ///< Philox blocks that a row of any layer takes at most
  std::int64_t blocks_of_step_;
  std::int64_t steps_of_stream_;  ///< that a stream has blocks for
};

}  // namespace wideproof::train
