// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/model/dimension/layer_spectrum.hpp>

namespace wideproof::report {

// Tables of an assessment as CSV text: a header line, then numbers that read back to the same bits,
// fields empty where there is none. Layers count from 1. `quantity` is `dimensionality`, D̃ or of
// data of a fixed dimension N D̃, or `correlation_strength`, NΣ.

/// width,layer,quantity,replicates,mean,standard_error,predicted
std::string dimension_table(const compare::DimensionAssessment& assessment);

/// layer,quantity,order,limit,standard_error,low,high,predicted,p_value: limits N → ∞ with 95%
/// intervals; `p_value` is of the number by itself. The header alone where nothing was
/// extrapolated.
std::string dimension_limits_table(const compare::DimensionAssessment& assessment);

/// In plain text, at most 80 columns wide: of each layer the prediction, the limit with its
/// standard error and the mean at the largest width, D̃ first and then NΣ, the claims, the verdict
/// and its reasons. With `in_colour` the verdict's word is green, red or yellow by an escape
/// sequence.
std::string terminal_table(const compare::DimensionAssessment& assessment, bool in_colour = false);

}  // namespace wideproof::report
