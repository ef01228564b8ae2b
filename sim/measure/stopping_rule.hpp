// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace wideproof::sim {

/// When a width has enough networks: at `replicates`, or before that at the first look at which the
/// relative standard error has come down to `precision`.
///
/// Looks are at counts fixed beforehand, 64 and then each 1/8 above the one before: a run that
/// looked after every network would stop at the moments when its error happens to be taken for too
/// small.
struct StoppingRule {
  std::int64_t replicates = 0;
  double precision = 0.0;  ///< 0: none

  /// Replicates are summed within blocks, then block by block: part of the definition of a result.
  static constexpr std::int64_t replicates_per_block = 4;

  std::int64_t blocks() const {
    return (replicates + replicates_per_block - 1) / replicates_per_block;
  }

  bool is_look(std::int64_t count) const;

  /// Looks that a width may have, the last one at `replicates` among them; 1 without a precision,
  /// where nothing is looked at before the end.
  std::int64_t looks() const;

  /// `relative_standard_error()` is asked for at looks only.
  template <class Error>
  bool is_met(std::int64_t count, const Error& relative_standard_error) const {
    return count >= replicates || (is_look(count) && relative_standard_error() <= precision);
  }
};

}  // namespace wideproof::sim
