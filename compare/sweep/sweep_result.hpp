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

#include <wideproof/compare/sweep/sweep_quantity.hpp>
#include <wideproof/compare/verdict.hpp>

namespace wideproof::compare {

/// A number of one point of a sweep; NaN where there is no bound or no prediction, and where it was
/// predicted but not measured.
struct SweepNumber {
  SharedQuantity quantity;           ///< never null
  std::int64_t training_points = 0;  ///< P; 0 where nothing is trained
  std::int64_t width = 0;            ///< n; 0: see SweepQuantity::WithoutWidth
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();  ///< bounds in 95%
  double high = std::numeric_limits<double>::quiet_NaN();
  double predicted = std::numeric_limits<double>::quiet_NaN();
  /// By draw of data, NaN where a draw has none; empty where there are no draws, or nothing was
  /// measured yet. The same draw is the same data at every point, so that points can be paired.
  std::vector<double> draws = {};
  /// What it is of the inputs themselves, where that is told beside it.
  double of_inputs = std::numeric_limits<double>::quiet_NaN();
};

/// One point of a sweep: what the swept keys are there, and what came out.
struct SweepPoint {
  /// One a key, as in the experiment file but without quotes.
  std::vector<std::string> values = {};
  Verdict verdict = {};
  std::vector<SweepNumber> numbers = {};
  /// false: it was measured, but nothing was set beside it, so that its verdict says nothing.
  bool is_judged = true;
  /// Numbers that it has not, by their quantity, and what they need.
  std::map<std::string, std::string> missing = {};
};

struct SweepResult {
  std::vector<std::string> keys;  ///< such as `network.active_fraction`
  std::vector<SweepPoint> points;
};

/// The point's number of the quantity of that name; nullptr where it has none.
const SweepNumber* find_number(const SweepPoint& point, std::string_view quantity,
                               std::int64_t training_points, std::int64_t width);

/// What was measured, or predicted where nothing was.
double measured_or_predicted(const SweepNumber& number);

/// Whether some number of the sweep was measured.
bool is_measured(const SweepResult& sweep);

/// What the points' numbers measure, by first appearance.
std::vector<SharedQuantity> quantities_of(const SweepResult& sweep);

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

/// The outcome of a point, or "measured" where nothing was judged, "predicted" where nothing was
/// measured either.
std::string_view outcome_of(const SweepPoint& point);

/// Whether any point was judged.
bool is_judged(const SweepResult& sweep);

}  // namespace wideproof::compare
