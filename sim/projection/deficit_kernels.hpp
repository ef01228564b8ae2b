// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/sim/projection/support_sums.hpp>

namespace wideproof::sim {

// Of x[0 … size−1] or, where `is_signed`, of their magnitudes. Vectorised for the machine at hand.

/// The largest; `size` > 0.
double top_of(const float* x, std::int64_t size, bool is_signed);
double top_of(const double* x, std::int64_t size, bool is_signed);

/// Of those whose deficit w = top − x lies below `a`.
SupportSums sums_below(const float* x, std::int64_t size, double top, double a, bool is_signed);
SupportSums sums_below(const double* x, std::int64_t size, double top, double a, bool is_signed);

/// x ← β (a − w) where the deficit w lies below `a`, with its sign where `is_signed`; else 0.
void scale_below(float* x, std::int64_t size, double top, double a, double beta, bool is_signed);
void scale_below(double* x, std::int64_t size, double top, double a, double beta, bool is_signed);

}  // namespace wideproof::sim
