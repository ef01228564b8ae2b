// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/sim/projection/support_sums.hpp>

namespace wideproof::sim {

struct Support {
  double top = 0.0;       ///< the largest of x, or of |x|
  SupportSums sums = {};  ///< of the entries on which the projection is not 0
};

/// The support of the projection of x, or of |x|, to ‖p‖₁²/‖p‖₂² = `square`: the largest entries,
/// so many that with the next one for a the ratio would be reached. With more than `square` ties at
/// the top all of them. `candidates` is memory to work in.
Support find_support(const float* x, std::int64_t size, double square, bool is_signed,
                     std::vector<double>& candidates);
Support find_support(const double* x, std::int64_t size, double square, bool is_signed,
                     std::vector<double>& candidates);

}  // namespace wideproof::sim
