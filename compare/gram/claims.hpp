// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::compare {

/// What can be claimed of an assessment that is complete but for its claims and its verdict, in the
/// order of Claim::name; what is not predicted or cannot be measured is left out.
///
/// Every p is multiplied by the looks, and Holm's adjustment goes over the claims, so that the
/// chance of any false conviction stays below `family_error`:
///   disagree      p_adjusted < family_error and there is no obstacle
///   inconclusive  p_adjusted < family_error with an obstacle, or p_unguarded adjusted likewise
///                 is; means or variances that follow no law in 1/n (lack of fit,
///                 p < family_error); equivalence that does not hold
///   agree         otherwise: not rejected, or equivalent
std::vector<Claim> claims_of(const Assessment& assessment);

}  // namespace wideproof::compare
