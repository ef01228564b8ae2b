// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/compare/limits/limit_claims.hpp>

namespace wideproof::compare {

/// How claims and verdict speak of the numbers of an assessment; they refer to `numbers`, which
/// lives as long.
LimitWords dimension_words(const std::vector<DimensionNumber>& numbers, std::size_t depth,
                           const DimensionAssessment& assessment);

/// The numbers that are tested jointly: those of the layers of JointLayers that are judged; all of
/// these layers where none is.
std::vector<std::size_t> joint_dimension_numbers(const std::vector<DimensionNumber>& numbers);

}  // namespace wideproof::compare
