// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/verdict.hpp>

namespace wideproof::compare {

/// From the claims of an assessment with two widths or more:
///   disagree      networks that were sampled elsewhere are not independent: nothing else counts
///   inconclusive  the means do not follow the fitted law: lack of fit, p < family_error
///   disagree      a claim is rejected
///   agree         no claim is rejected, not even by a test that may not convict, and at
///                 the largest width every entry is equivalent to its prediction
///   inconclusive  otherwise, saying what would decide it
Verdict judge_claims(const Assessment& assessment);

/// From the means at one width, which the 1/n bias keeps from the limit by an unknown amount:
///   disagree      networks that were sampled elsewhere are not independent
///   agree         every mean is equivalent to its prediction
///   inconclusive  otherwise, saying whether some mean lies significantly beyond the margin
///                 (beyond_margin_p times the looks, Holm over all)
Verdict judge_single_width(const Assessment& assessment);

/// Inconclusive, naming the first width and layer with a mean or variance that is not finite;
/// `inconclusive` and no reason where all are.
Verdict judge_overflow(const model::Measurement& measurement, const model::ClassSeries& series,
                       const Options& options);

}  // namespace wideproof::compare
