// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/outcome.hpp>

namespace wideproof::compare {

/// What the numbers say of the prediction, and why, in plain sentences.
struct Verdict {
  Outcome outcome = Outcome::inconclusive;
  double family_error = 0.0;
  /// Smallest family-wise p over the claims. Where the outcome is agree or disagree the guards
  /// count (Claim's p_adjusted), where it is inconclusive the chosen order alone does. NaN where
  /// nothing could be tested.
  double p_value = 1.0;
  std::vector<std::string> reasons;
  /// Of an inconclusive one what would decide it, in a few words; may be empty.
  std::string advice = {};
};

}  // namespace wideproof::compare
