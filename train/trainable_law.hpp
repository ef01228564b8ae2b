// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::train {

/// The law of networks with outputs, as they are before training:
///
///   y_k = (σ_r/√n) Σ_j v_kj z^L_j,   v white
///
/// above the hidden layers of `hidden`. A readout has no bias.
struct TrainableLaw {
  sim::SampledLaw hidden;
  double readout_variance = 1.0;  ///< σ_r²
};

}  // namespace wideproof::train
