// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/training/assessment.hpp>
#include <wideproof/compare/training/numbers.hpp>

namespace wideproof::compare {

/// How claims and verdict speak of trained networks; they refer to both, which live as long.
LimitWords trained_words(const TrainedNumbers& numbers,
                         const model::TrainingMeasurement& measurement);

/// Those of open_limit_claims(), `outputs` being that of every number by itself, and beside them,
/// of centred networks whose limit is predicted,
///
///   spread-exponent  what differs from network to network falls as n^(−1/2)
std::vector<Claim> trained_claims(const LimitFindings& found, const LimitWords& words,
                                  const TrainedNumbers& numbers,
                                  const TrainingAssessment& assessment);

}  // namespace wideproof::compare
