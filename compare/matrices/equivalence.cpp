// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/equivalence.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

double replicate_factor(const MatrixComparison& comparison, const Entry& entry, double margin,
                        double level) {
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  const double error = comparison.estimate.standard_error(a, b);
  const double room = margin * comparison.scale(a, b) - std::abs(comparison.difference(a, b));
  if (!std::isfinite(room) || !std::isfinite(error) || room < 0.0)
    return std::numeric_limits<double>::infinity();
  if (error == 0.0) return 0.0;
  const double t = student_upper_quantile(level, comparison.estimate.degrees_of_freedom(a, b));
  return std::pow(t * error / room, 2);
}

}  // namespace

bool nearer_to_holding(const Equivalence& one, const Equivalence& other) {
  return std::pair(one.replicate_factor, one.distance) <
         std::pair(other.replicate_factor, other.distance);
}

Equivalence test_equivalence(const MatrixComparison& comparison, const std::vector<Entry>& entries,
                             double margin, double level) {
  Equivalence result{margin, true, 0.0, 0.0,
                     entries.empty() ? Entry{Quantity::correlation, 0, 0} : entries[0]};
  for (const Entry& entry : entries) {
    const double factor = replicate_factor(comparison, entry, margin, level);
    const double distance = std::abs(comparison.difference(entry.row, entry.column)) /
                            comparison.scale(entry.row, entry.column);
    const Equivalence of_entry{margin, factor <= 1.0, factor, distance, entry};
    result = both(result, of_entry);
  }
  return result;
}

Equivalence test_equivalence(const MatrixComparison& comparison, Quantity quantity, double margin,
                             double level) {
  return test_equivalence(comparison, distinct_entries(quantity, comparison.predicted.rows()),
                          margin, level);
}

Equivalence both(const Equivalence& first, const Equivalence& second) {
  Equivalence worse = nearer_to_holding(first, second) ? second : first;
  worse.holds = first.holds && second.holds;
  return worse;
}

double beyond_margin_p(const MatrixComparison& comparison, const Entry& entry, double margin) {
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  const double distance = std::abs(comparison.difference(a, b));
  const double error = comparison.estimate.standard_error(a, b);
  const double bound = margin * comparison.scale(a, b);
  if (!std::isfinite(distance) || !std::isfinite(error))
    return std::numeric_limits<double>::quiet_NaN();
  if (error == 0.0) return distance <= bound ? 1.0 : 0.0;
  const double freedom = comparison.estimate.degrees_of_freedom(a, b);
  return std::min(1.0, student_upper_tail((distance - bound) / error, freedom) +
                           student_upper_tail((distance + bound) / error, freedom));
}

}  // namespace wideproof::compare
