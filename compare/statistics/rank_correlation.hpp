// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <wideproof/compare/statistics/interval.hpp>

namespace wideproof::compare {

/// Kendall's τ_b of paired numbers: with C concordant and D discordant of all pairs, T_x and T_y
/// those tied in either,
///
///   τ_b = (C − D)/√((pairs − T_x)(pairs − T_y))
///
/// Pairs with a number that is not finite are left out; nullopt where one side does not differ.
std::optional<double> kendall_tau(const std::vector<double>& x, const std::vector<double>& y);

/// A mean over independent units whose law is symmetric about a centre.
struct SignedMean {
  std::int64_t units = 0;
  double mean = 0.0;
  double standard_error = 0.0;
  double p_above = 1.0;  ///< of a centre of 0 or below, against one above
  double p_below = 1.0;  ///< the other way round

  /// Student's, two-sided.
  Interval interval(double coverage) const;
};

/// The tests turn signs: of the 2^R ways to give R units either sign those with a mean as far out
/// count, all of them up to 16 units. With more the test is Student's, its p at least 2^−R. Exact
/// for a law that is symmetric about 0, ties and units that are all alike included. Two units or
/// more.
SignedMean signed_mean(const std::vector<double>& units);

}  // namespace wideproof::compare
