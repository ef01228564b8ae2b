// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include <wideproof/compare/dimension/numbers.hpp>
#include <wideproof/compare/widths/class_limit.hpp>

namespace wideproof::compare {

/// One number's limit N → ∞ or, with one width, its mean there; on the number's own scale.
struct DimensionEstimate {
  DimensionNumber number;
  double value = 0.0;
  double standard_error = 0.0;                                ///< with that of rounding
  double degrees_of_freedom = 0.0;                            ///< Welch and Satterthwaite's
  double p_value = std::numeric_limits<double>::quiet_NaN();  ///< of the prediction, Student's t
  /// p_value were the order of the series one higher; nullopt with fewer than four widths.
  std::optional<double> guard_p = {};
  /// Coefficients of the series in (N₀/N)^p, N₀ the narrowest width, from the limit on; empty with
  /// one width.
  Eigen::VectorXd series = {};
  bool is_exact = false;  ///< the same in every network of each width, but for rounding

  /// Student's, two-sided.
  Interval interval(double coverage) const;
  /// Two one-sided tests: the number lies within DimensionNumber::equal, each test at this level.
  bool is_equal(double level) const;
  /// How much of the room between the prediction and the nearer end of `equal` the estimate and its
  /// one-sided error at this level take up: equal up to 1.
  double room_taken(double level) const;
};

/// The limits N → ∞ of every number by series in 1/N^p, p = options.power:
///
///   mean(N) = L + b/N^p (+ c/N^2p)
///
/// with weights N·R fixed beforehand, R the networks of a width (see WidthDesign and ClassLimit).
/// One order serves the whole run: that of `joint`, by the joint lack of fit of the layers that
/// JointLayers names. With p < 1 and five widths it is 2 at least: beside 1/√N the next term, 1/N,
/// is too large to be left to a test of its presence.
struct DimensionLimits {
  std::vector<DimensionEstimate> all;          ///< by layer, D̃ first
  std::vector<DimensionNumber> joint_numbers;  ///< what `joint` holds, by number
  /// Of the judged numbers; of all where there is no prediction, and then its tests are NaN but for
  /// the lack of fit.
  ClassLimit joint;

  int order() const { return joint.order; }
  /// Whether the joint lack of fit that remains is not significant at this level; true without
  /// spare widths.
  bool follows_series(double level) const;
};

/// Two widths or more, with two networks or more each.
DimensionLimits fit_dimension_limits(const model::DimensionMeasurement& measurement,
                                     const std::vector<DimensionNumber>& numbers,
                                     const DimensionOptions& options);

/// The means at the largest width. Two networks or more.
std::vector<DimensionEstimate> means_at_largest_width(
    const model::DimensionMeasurement& measurement, const std::vector<DimensionNumber>& numbers,
    const DimensionOptions& options);

}  // namespace wideproof::compare
