// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::compare {

/// The exponent of a power law y ∝ n^value, its 95% interval [low, high], and the p-value of the
/// predicted exponent.
struct Exponent {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  double p_value = 1.0;
  /// By the fit that the interval is of, where p_value asks that another rejects too; else the
  /// same.
  double p_unguarded = 1.0;
};

}  // namespace wideproof::compare
