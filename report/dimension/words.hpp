// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// Where estimates are taken: "N → ∞", with one width "N = 4096".
std::string estimates_at(const compare::DimensionAssessment& assessment);

/// The estimate of a number that may be shown: none where means follow no series in the width, and
/// so tell no limit.
const compare::DimensionEstimate* shown_estimate(const compare::DimensionAssessment& assessment,
                                                 compare::DimensionQuantity quantity,
                                                 std::size_t layer);

/// "1/√N", "1/N"
std::string series_in_words(const compare::DimensionAssessment& assessment);

/// "1.234 ± 0.005", "1, exact", or a dash.
std::string with_error(const compare::DimensionEstimate* estimate);
std::string with_error(const compare::DimensionMean& mean);

/// "Mean-field theory and sampled networks agree: …", one sentence or two.
std::string verdict_sentence(const compare::DimensionAssessment& assessment);

/// For the page of a sweep of studies of dimension.
SweepWords dimension_sweep_words();

}  // namespace wideproof::report
