// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// Both tests of a claim of ranks, as sweep_claims() needs them.
struct RankTest {
  double within = 1.0;  ///< p of the claim's contrary: small where the claim holds
  double beyond = 1.0;  ///< p of the claim
};

/// Judges a trend or an association; network r of a point and network r of another are one unit,
/// for they begin alike. Fills measurement, low, high and detail, or the obstacle.
///
///   trend        t_r = mean over blocks, points that differ in `along` alone, of Kendall's τ_b
///                between its values and the numbers of network r
///   association  across points: t_r = τ_b of network r's two numbers over the points; across
///                networks: t_r is the r-th pseudo-value of the jackknife of the mean over points
///                of τ_b over the networks of a point
///
/// A rising one holds where the mean of t_r over networks is above 0 (signed_mean()), and is false
/// where it is below 0; a falling one the other way round. `either` holds where it is not 0 and is
/// false where it lies within ± tolerance, two one-sided tests. Ranks alone are looked at: nothing
/// is said of how much.
RankTest judge_ranks(Claim& claim, const SweepResult& sweep, const SweepClaim& said,
                     const SweepQuantity& quantity, double family_error);

}  // namespace wideproof::compare
