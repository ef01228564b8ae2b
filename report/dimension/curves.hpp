// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/figure/curves.hpp>

namespace wideproof::report {

// What the figures of a study of dimension are drawn of.

/// With bars at 95% of the normal law, or none where the error is not known.
CurvePoint curve_point(double x, const compare::DimensionMean& mean);
/// With its 95% interval.
CurvePoint curve_point(double x, const compare::DimensionEstimate& estimate);

/// "dimensionality {/:Italic D̃}"
std::string axis_label(const compare::DimensionAssessment& assessment,
                       compare::DimensionQuantity quantity);

}  // namespace wideproof::report
