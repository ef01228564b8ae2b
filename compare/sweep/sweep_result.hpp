// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/generalization.hpp>

namespace wideproof::compare {

/// A measured number of one point of a sweep; NaN where there is no bound or no prediction.
struct SweepNumber {
  std::string quantity;              ///< "error"; of a study of Gram matrices "norm", "correlation"
  std::int64_t training_points = 0;  ///< P; 0 where nothing is trained
  std::int64_t width = 0;            ///< n; 0 for the kernel, or the limit n → ∞
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();  ///< bounds in 95%
  double high = std::numeric_limits<double>::quiet_NaN();
  double predicted = std::numeric_limits<double>::quiet_NaN();
};

/// One point of a sweep: what the swept keys are there, and what came out.
struct SweepPoint {
  std::vector<std::string> values;  ///< one a key, as in the experiment file but without quotes
  Verdict verdict;
  std::vector<SweepNumber> numbers;
  /// errors[P][n][draw]: over the pool, n = 0 for the kernel, means over networks else, NaN where a
  /// draw has none. The same draw is the same data at every point, so that points can be paired.
  std::map<std::int64_t, std::map<std::int64_t, std::vector<double>>> errors;
  /// false: it was measured, but nothing was set beside it, so that its verdict says nothing.
  bool is_judged = true;
};

struct SweepResult {
  std::vector<std::string> keys;  ///< such as `network.active_fraction`
  std::vector<SweepPoint> points;
};

/// Numbers: the error with P points of the kernel, set beside the prediction, and of every width.
SweepPoint sweep_point(std::vector<std::string> values, const GeneralizationAssessment& assessment,
                       const model::GeneralizationMeasurement& measurement);

/// Numbers of the last layer, each beside its prediction: the mean of the gram's diagonal and of
/// the correlation's entries off it, in the limit n → ∞ or, with one width, at that width. The
/// bounds are those of the mean of the entries' standard errors, which holds however they depend.
SweepPoint sweep_point(std::vector<std::string> values, const Assessment& assessment);

/// Values of a few keys, as text: a point has them where each is the same text. Where no point of
/// the sweep has that text, a number within a relative 10⁻³ will do, of whole numbers the same.
using PointSelector = std::map<std::string, std::string>;

/// The points that have these values, rising; all of them where the selector is empty.
std::vector<std::size_t> points_with(const SweepResult& sweep, const PointSelector& selector);

/// The one point that has these values; nullopt where there is none or more than one.
std::optional<std::size_t> find_point(const SweepResult& sweep, const PointSelector& selector);

/// The number that the whole text is, in C's notation.
std::optional<double> as_number(const std::string& text);

/// `network.active_fraction = 0.1, network.depth = 2`
std::string name_of(const SweepResult& sweep, std::size_t point);

/// The outcome of a point, or "measured" where nothing was judged.
std::string_view outcome_of(const SweepPoint& point);

/// Whether any point was judged.
bool is_judged(const SweepResult& sweep);

/// Of a sweep whose points were each judged with family_error/points (Bonferroni) and, of errors,
/// with an agreement_error that is not divided:
/// agree where all agree, disagree where any disagrees, else inconclusive. p is the smallest of the
/// points', times their number. Points that were only measured have no say; where there are no
/// others the sweep is inconclusive.
Verdict sweep_verdict(const SweepResult& sweep, double family_error);

}  // namespace wideproof::compare
