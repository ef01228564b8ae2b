// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::sim {

/// The gradients that pass one layer together, one row each: those of `full` probes, each P rows,
/// the output's first and then that of the last layer, of the last but one, …; then, if there is
/// one, the layer's own probe, which is the same for all inputs and takes one row.
struct GradientRows {
  std::int64_t inputs = 0;
  std::int64_t full = 0;
  bool has_own = false;

  std::int64_t count() const { return full * inputs + (has_own ? 1 : 0); }
  std::int64_t probes() const { return full + (has_own ? 1 : 0); }
  std::int64_t first(std::int64_t probe) const { return probe * inputs; }
  std::int64_t size(std::int64_t probe) const { return probe < full ? inputs : 1; }
};

}  // namespace wideproof::sim
