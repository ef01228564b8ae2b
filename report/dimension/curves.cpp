// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/curves.hpp>

#include <cmath>

namespace wideproof::report {

CurvePoint curve_point(double x, const compare::DimensionMean& mean) {
  return curve_point(x, mean.mean, mean.standard_error);
}

CurvePoint curve_point(double x, const compare::DimensionEstimate& estimate) {
  const compare::Interval interval = estimate.number.shown(estimate.interval(0.95));
  const double value = estimate.number.shown(estimate.value);
  return {x, value, std::isfinite(interval.low) ? interval.low : value,
          std::isfinite(interval.high) ? interval.high : value};
}

std::string axis_label(const compare::DimensionAssessment& assessment,
                       compare::DimensionQuantity quantity) {
  if (quantity == compare::DimensionQuantity::correlation_strength)
    return "correlation strength {/:Italic N} Σ";
  return assessment.is_of_fixed_dimension ? "dimensionality {/:Italic N D̃}"
                                          : "dimensionality {/:Italic D̃}";
}

}  // namespace wideproof::report
