// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::sim {

/// Box filter of unit energy around a ring of n neurons,
///
///   out_j = (x_j + x_{j−1} + … + x_{j−taps+1})/√taps,     adjoint: x_j + x_{j+1} + …,
///
/// by a running sum in double, begun anew every few thousand neurons: the cost is free of `taps`
/// and the rounding of n. `out` may be `x`. 1 ≤ taps ≤ n.
void box_sum(const float* x, std::int64_t n, std::int64_t taps, bool adjoint, float* out);
void box_sum(const double* x, std::int64_t n, std::int64_t taps, bool adjoint, double* out);

}  // namespace wideproof::sim
