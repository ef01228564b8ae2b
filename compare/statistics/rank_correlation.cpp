// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/rank_correlation.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr std::size_t most_enumerated = 16;

int sign_of(double x) {
  return x > 0.0 ? 1 : (x < 0.0 ? -1 : 0);
}

/// The share of all signings whose sum is at least that of the units as they are.
double enumerated_p(const std::vector<double>& units) {
  double sum = 0.0;
  double magnitudes = 0.0;
  for (const double x : units) {
    sum += x;
    magnitudes += std::abs(x);
  }
  const double least = sum - 1e-12 * magnitudes;
  const std::size_t signings = std::size_t{1} << units.size();
  std::size_t as_far = 0;
  for (std::size_t signing = 0; signing < signings; ++signing) {
    double signed_sum = 0.0;
    for (std::size_t i = 0; i < units.size(); ++i)
      signed_sum += ((signing >> i) & 1U) != 0 ? std::abs(units[i]) : -std::abs(units[i]);
    as_far += signed_sum >= least ? 1 : 0;
  }
  return static_cast<double>(as_far) / static_cast<double>(signings);
}

double student_p(const SignedMean& at) {
  const double least = std::exp2(-static_cast<double>(at.units));
  if (at.standard_error == 0.0) return at.mean > 0.0 ? least : 1.0;
  return std::max(
      least, student_upper_tail(at.mean / at.standard_error, static_cast<double>(at.units - 1)));
}

}  // namespace

std::optional<double> kendall_tau(const std::vector<double>& x, const std::vector<double>& y) {
  assert(x.size() == y.size());
  double score = 0.0;
  double differ_x = 0.0;
  double differ_y = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (!std::isfinite(x[j]) || !std::isfinite(y[j])) continue;
      const int of_x = sign_of(x[i] - x[j]);
      const int of_y = sign_of(y[i] - y[j]);
      score += of_x * of_y;
      differ_x += std::abs(of_x);
      differ_y += std::abs(of_y);
    }
  }
  if (differ_x == 0.0 || differ_y == 0.0) return std::nullopt;
  return score / std::sqrt(differ_x * differ_y);
}

Interval SignedMean::interval(double coverage) const {
  const double reach =
      student_upper_quantile(0.5 * (1.0 - coverage), static_cast<double>(units - 1)) *
      standard_error;
  return {mean - reach, mean + reach};
}

SignedMean signed_mean(const std::vector<double>& units) {
  assert(units.size() >= 2);
  SignedMean result;
  result.units = std::ssize(units);
  const auto count = static_cast<double>(result.units);
  for (const double x : units) result.mean += x / count;
  double squares = 0.0;
  for (const double x : units) squares += (x - result.mean) * (x - result.mean);
  result.standard_error = std::sqrt(squares / (count * (count - 1.0)));
  std::vector<double> turned = units;
  for (double& x : turned) x = -x;
  if (units.size() <= most_enumerated) {
    result.p_above = enumerated_p(units);
    result.p_below = enumerated_p(turned);
  } else {
    SignedMean other = result;
    other.mean = -result.mean;
    result.p_above = student_p(result);
    result.p_below = student_p(other);
  }
  return result;
}

}  // namespace wideproof::compare
