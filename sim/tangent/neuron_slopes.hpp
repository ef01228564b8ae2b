// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/layer_activation.hpp>

namespace wideproof::sim {

/// φ′(h − t), P × size, of pre-activations `h` of that shape, contiguous, and thresholds t (P × 1;
/// undefined without one): 1 above the threshold and 0 at or below it for rectifiers, 1 for linear
/// neurons, 1 − tanh² and 2/√π exp(−h²) for tanh and erf, model::Nonlinearity::slopes() of
/// pointwise functions. What jumps has a derivative that does not tell of it and is refused
/// beforehand.
at::Tensor neuron_slopes(const model::Network& network, const at::Tensor& h,
                         const at::Tensor& thresholds);

}  // namespace wideproof::sim
