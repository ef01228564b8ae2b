// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/dimension/assessment.hpp>

namespace wideproof::compare {

/// From an assessment that is complete but for its verdict:
///
///   inconclusive  nothing is predicted; a hindrance; the means follow no series in 1/N^p (lack of
///                 fit, p < family_error)
///   disagree      a claim does
///   agree         no claim is rejected, not even by a test that may not convict, and every limit
///                 is equivalent to its prediction; with one width every mean there
///   inconclusive  otherwise, saying what would decide it
Verdict dimension_verdict(const DimensionAssessment& assessment);

}  // namespace wideproof::compare
