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
  /// Smallest family-wise p over the claims: of agree and disagree with the guards (Claim's
  /// p_adjusted), of inconclusive by the chosen order alone. NaN where nothing could be tested.
  double p_value = 1.0;
  std::vector<std::string> reasons;
};

}  // namespace wideproof::compare
