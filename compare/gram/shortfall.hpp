// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/gram/assessment.hpp>

namespace wideproof::compare {

// Why equivalence at the largest width is open, in the words of a verdict's reasons.

/// `layer 2, gram(1,2) = 0.512 ± 0.003, predicted 0.480 (z = 10.7)`
std::string describe_entry(const Assessment& assessment, const LayerComparison& layer,
                           const Entry& entry);

/// Whether the means do not follow the law that was fitted; a fit that cannot be tested does not
/// either. The assessment has an extrapolation.
bool has_a_lack_of_fit(const Assessment& assessment);

/// Of some entry equivalence fails: the one that is farthest from holding, and what would decide it
/// by plan_equivalence().
std::string describe_shortfall(const Assessment& assessment);

/// Equivalence holds, but heavy tails keep its standard errors from being trusted.
std::string describe_untrusted_equivalence(const Assessment& assessment);

/// The worst of some tails, how many there are, and what would do away with them.
std::string describe_heavy_tails(const std::vector<HeavyTail>& tails, const Options& options);

/// What would decide an assessment that is inconclusive, in a few words: Verdict::advice.
std::string describe_remedy(const Assessment& assessment);

}  // namespace wideproof::compare
