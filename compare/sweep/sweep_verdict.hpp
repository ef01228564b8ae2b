// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/compare/verdict.hpp>

namespace wideproof::compare {

// The family error α of a sweep is shared by its points and by the claims about it as a whole: half
// each, or all of it for the points where there are no claims.

/// α/2 with claims, else α.
double share_of_the_points(double family_error, bool has_claims);

/// What each point is judged with: the points' share over their number (Bonferroni).
double family_error_of_a_point(double family_error, bool has_claims, std::size_t points);

/// What sweep_claims() judges all claims together with: α/2.
double family_error_of_claims(double family_error);

/// What points and claims say together. The points were judged with family_error_of_a_point() and,
/// of errors, with an agreement error that is not divided; the claims with
/// family_error_of_claims().
///
/// The sweep agrees where all points and all claims agree, disagrees where any of them disagrees,
/// and is else inconclusive. Points that were only measured have no say; where there are no others,
/// the claims decide, and without claims the sweep is inconclusive.
///
/// p is the least of the points' p times their number and, with claims, twice the least of that and
/// of the claims' p, which are Holm-adjusted; 1 at most. A small p at a point that is open, where
/// something kept it from convicting, does not make the sweep disagree: a reason says so.
Verdict sweep_verdict(const SweepResult& sweep, const std::vector<Claim>& claims,
                      double family_error);

}  // namespace wideproof::compare
