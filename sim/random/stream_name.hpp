// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::sim {

/// What a stream of random numbers serves. Two streams differ exactly where their names differ.
enum class Purpose : std::uint8_t {
  weights = 1,
  biases = 2,
  preactivations = 3,
  shared_weights = 4,      ///< what correlated weights have in common
  signs = 5,               ///< of their correlation
  samples = 6,             ///< of an ensemble of inputs
  row_orders = 7,          ///< of shuffled weights
  gradients = 8,           ///< what weights make of them, beyond what is known
  probes = 9,              ///< signs of the neurons whose mean is estimated
  readout = 10,            ///< weights of the output
  forward_training = 11,   ///< what weights make of activations, as training goes on
  backward_training = 12,  ///< and of gradients
  batches = 13,            ///< orders of the inputs in training
  labels = 14,             ///< dealt out at random
  dropout = 15             ///< which activations are left out of a step of training
};

/// The name of a random stream: what it serves, never the thread or rank that draws it, so that a
/// run gives the same bits on any number of threads.
struct StreamName {
  std::uint64_t seed = 0;
  Purpose purpose = Purpose::weights;
  std::uint32_t width = 0;
  std::uint32_t replicate = 0;
  std::uint32_t layer = 0;  ///< below 2²⁴
};

}  // namespace wideproof::sim
