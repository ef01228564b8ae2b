// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>

namespace wideproof::compare {

/// What can be claimed of an assessment that is complete but for its claims and its verdict; none
/// without a prediction.
///
///   limit          the numbers of all layers, or of those that JointLayers names, tend to their
///                  predictions: joint test
///   layers         every number of every layer does: Student's t, Bonferroni
///   equivalence    every limit lies within the margin of its prediction: two one-sided tests each;
///                  with one width the means there
///   bias-exponent  means approach their limits as 1/N^p, p = options.power; made where a bias
///                  rises above the noise; Holm over layers
///
/// The p of the first two is the larger of two, that of the fit and that of the fit one order
/// higher. Where a limit is heavy (HeavyLimit) nothing is convicted and nothing agrees. Holm's
/// adjustment goes over the claims, so that the chance of any false conviction stays below
/// `family_error`. A rejection does not convict with fewer than four widths, with fewer than
/// `fewest_networks` at one of them, or where the means follow no series in 1/N^p.
std::vector<Claim> dimension_claims(const DimensionAssessment& assessment);

/// Of each width: fewer do not show the tails of what is averaged.
inline constexpr std::int64_t fewest_networks = 10;

}  // namespace wideproof::compare
