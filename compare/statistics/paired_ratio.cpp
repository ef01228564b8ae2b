// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/paired_ratio.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr double no_interval = std::numeric_limits<double>::quiet_NaN();

double freedom_of(const PairedRatio& ratio) {
  return static_cast<double>(ratio.draws - 1);
}

bool testable(const PairedRatio& ratio) {
  return std::isfinite(ratio.difference) && std::isfinite(ratio.standard_error);
}

double upper_tail(const PairedRatio& ratio, double distance) {
  return student_upper_tail(distance / ratio.standard_error, freedom_of(ratio));
}

}  // namespace

PairedRatio paired_ratio(const std::vector<double>& a, const std::vector<double>& b) {
  assert(a.size() == b.size());
  std::vector<std::size_t> kept;
  PairedRatio result;
  for (std::size_t d = 0; d < a.size(); ++d) {
    if (!std::isfinite(a[d]) || !std::isfinite(b[d])) continue;
    kept.push_back(d);
    result.numerator += a[d];
    result.denominator += b[d];
  }
  result.draws = static_cast<std::int64_t>(kept.size());
  const auto draws = static_cast<double>(kept.size());
  result.numerator /= draws;
  result.denominator /= draws;
  result.difference = result.standard_error = no_interval;
  if (kept.empty() || result.denominator == 0.0) return result;
  const double ratio = result.numerator / result.denominator;
  result.difference = ratio - 1.0;
  if (kept.size() < 2) return result;
  double squares = 0.0;
  for (const std::size_t d : kept) squares += std::pow(a[d] - ratio * b[d], 2);
  result.standard_error = std::sqrt(squares / (draws * (draws - 1.0))) / result.denominator;
  return result;
}

Interval interval_of(const PairedRatio& ratio, double coverage) {
  if (!testable(ratio)) return {no_interval, no_interval};
  const double reach =
      student_upper_quantile(0.5 * (1.0 - coverage), freedom_of(ratio)) * ratio.standard_error;
  return {ratio.difference - reach, ratio.difference + reach};
}

double within_p(const PairedRatio& ratio, Interval bounds) {
  if (!testable(ratio) || std::isnan(bounds.low) || std::isnan(bounds.high)) return no_interval;
  const double room = std::min(bounds.high - ratio.difference, ratio.difference - bounds.low);
  if (ratio.standard_error == 0.0) return room >= 0.0 ? 0.0 : 1.0;
  return upper_tail(ratio, room);
}

double beyond_p(const PairedRatio& ratio, Interval bounds) {
  if (!testable(ratio) || std::isnan(bounds.low) || std::isnan(bounds.high)) return no_interval;
  const double beyond = std::max(ratio.difference - bounds.high, bounds.low - ratio.difference);
  if (ratio.standard_error == 0.0) return beyond > 0.0 ? 0.0 : 1.0;
  return std::min(
      1.0, upper_tail(ratio, beyond) + upper_tail(ratio, beyond + (bounds.high - bounds.low)));
}

}  // namespace wideproof::compare
