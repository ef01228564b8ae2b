// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// Each claim with its outcome at family error α, in the order given. With δ the paired difference
/// of paired_ratio(), bounds B on it from the kind of claim:
///
///   agree      within_p < α: a false claim is called true with chance α at most
///   disagree   beyond_p < α, Holm over the claims: any true one is called false with chance α
///
/// `best` is one such test against every other point with B = (−∞, tolerance]: it agrees where no
/// other point can be better by more than the tolerance, all tests below α (intersection–union,
/// which is multiple comparisons with the best without a loss for many points), and disagrees where
/// some point is better by more, Holm over the points. Points without a number there are left out
/// and counted. Draws that a point lacks are left out of its pair. Anything that hinders a test,
/// such as a ratio over a negative mean, is named in `obstacle`, and the claim is inconclusive.
///
/// `trend` and `association` are tests of ranks, see judge_ranks().
///
/// `measurement` is the ratio, the value or, of `best`, the number at `at` over that of the point
/// that speaks loudest against it; low … high is its interval at 1 − 2α.
std::vector<Claim> sweep_claims(const SweepResult& sweep, const std::vector<SweepClaim>& claims,
                                double family_error);

}  // namespace wideproof::compare
