// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::train {

/// The thresholds of ThresholdRule::quantile, B × 1: what sim::LayerActivation::threshold gives, in
/// a fraction of its time. A bracket is put where normal neurons of the row's own norm have their
/// quantile; a row whose quantile lies elsewhere is searched as a whole. `h`: B × n, rows
/// contiguous.
at::Tensor row_quantiles(const sim::LayerActivation& activation, const at::Tensor& h);

}  // namespace wideproof::train
