// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/tangent/backward_layer.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train {

/// What the layers of one law and width share in training.
struct WideLayerLaw {
  const TrainableLaw& law;
  const sim::BackwardParts& parts;
  double learning_rate = 0.0;  ///< η

  bool trains_field() const { return parts.trained == model::Trained::field; }
  bool is_filtered() const {
    return !parts.presynaptic.is_identity() || !parts.postsynaptic.is_identity();
  }
};

enum class Lateral { convolve, correlate };

/// Puts every row of `layer` through `filter`, or its adjoint.
void filter_rows(const sim::LateralConvolver& filter, Lateral by, sim::BlockedLayer& layer,
                 int threads);

/// A copy of a layer's rows first…first + count − 1.
sim::BlockedLayer rows_of(const sim::BlockedLayer& layer, std::int64_t first, std::int64_t count);

/// t(x) of each input, P × 1, of pre-activations `h` of hidden layer `layer`, from 1; undefined
/// without a threshold.
at::Tensor thresholds_of(const sim::LayerActivation& activation, const sim::BlockedLayer& h,
                         std::int64_t layer, int threads);

}  // namespace wideproof::train
