// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/widths/open_claim.hpp>

namespace wideproof::compare {

/// What can be claimed of limits; nothing where no number is judged.
///
///   limit               the numbers that are tested jointly tend to their predictions
///   words.numbers_claim every number does: Student's t, Bonferroni
///   equivalence         every limit lies within the margin of its prediction: two one-sided tests
///                       each; with one width the means there
///   bias-exponent       means approach their limits as 1/N^p, p = options.power; made where a bias
///                       rises above the noise; Holm over them
///
/// The p of the first two is the larger of two, that of the fit and that of the fit one order
/// higher. Where a number is heavy (HeavyNumber) nothing is convicted and nothing agrees. A
/// rejection does not convict with fewer than four widths, with fewer than `fewest_networks` at one
/// of them, or where the means follow no series in 1/N^p.
std::vector<OpenClaim> open_limit_claims(const LimitFindings& found, const LimitWords& words);

/// What stands in the way of a rejection by the limits; none with one width.
Obstacle obstacle_to_limits(const LimitFindings& found, const LimitWords& words);

/// Holm's adjustment over the claims, so that the chance of any false conviction stays below
/// `family_error`.
std::vector<Claim> judged_claims(std::vector<OpenClaim> open, double family_error);

}  // namespace wideproof::compare
