// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <wideproof/sim/ensembles/ensemble_shape.hpp>
#include <wideproof/sim/ensembles/tensor_pool.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// x⁰, N × columns in a tensor of `pool`: samples of a white or a correlated ensemble
/// (model::InputEnsemble), the latter's factors F drawn or not, as EnsembleShape says. The same
/// bits on any number of threads.
at::Tensor draw_inputs(const EnsembleShape& shape, const NetworkId& id, TensorPool& pool,
                       int threads);

}  // namespace wideproof::sim
