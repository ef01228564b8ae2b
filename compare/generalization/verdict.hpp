// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/compare/generalization/claims.hpp>

namespace wideproof::compare {

/// disagree where a claim does, agree where there are claims and all agree, else inconclusive.
Verdict generalization_verdict(const std::vector<GeneralizationClaim>& claims,
                               const std::vector<LearningPoint>& points,
                               const GeneralizationOptions& options);

}  // namespace wideproof::compare
