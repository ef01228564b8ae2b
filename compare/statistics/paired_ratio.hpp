// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/statistics/interval.hpp>

namespace wideproof::compare {

/// How far the mean of one error lies from that of another, measured on the same D draws of data:
///
///   δ = ā/b̄ − 1,   se² = Σ_d (a_d − (ā/b̄) b_d)² / (D (D − 1) b̄²),   D − 1 degrees of freedom
///
/// It is the ratio of means that is compared, not the mean of ratios or of their logarithms: a
/// theory predicts the mean error, and the mean of log(a/b) is off by half the variance of log b.
/// Of three intervals tried on log-normal errors this one misses equally often on both sides; see
/// the statistics manual.
struct PairedRatio {
  std::int64_t draws = 0;
  double numerator = 0.0;       ///< ā
  double denominator = 0.0;     ///< b̄
  double difference = 0.0;      ///< δ; NaN without draws or where b̄ = 0
  double standard_error = 0.0;  ///< NaN with fewer than two draws
};

/// `a` and `b` by draw. Draws where one of them is not finite are left out.
PairedRatio paired_ratio(const std::vector<double>& a, const std::vector<double>& b);

/// Student's interval of δ that covers with that chance; NaN with fewer than two draws.
Interval interval_of(const PairedRatio& ratio, double coverage);

/// Two one-sided tests: the larger p of δ ≥ high and of δ ≤ low. Below α, δ lies between the
/// bounds, of which one may be infinite; NaN where nothing can be tested or a bound is NaN. Draws
/// that do not vary are certain.
double within_p(const PairedRatio& ratio, Interval bounds);

/// The p of low ≤ δ ≤ high: the chance, were δ on a bound, of an estimate at least as far beyond
/// either of them; NaN as there. With e = max(δ − high, low − δ),
///
///   P(T > e/se) + P(T > (e + high − low)/se)
double beyond_p(const PairedRatio& ratio, Interval bounds);

}  // namespace wideproof::compare
