// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/sim/ensembles/ensemble_shape.hpp>

namespace wideproof::sim {

/// Bytes that a network and its estimates take at a time on `threads` threads, estimated from their
/// arrays.
double ensemble_memory(const EnsembleShape& shape, int threads);

/// Multiplications of one network.
double ensemble_work(const EnsembleShape& shape);

}  // namespace wideproof::sim
