// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/limits/network_numbers.hpp>

namespace wideproof::compare {

/// A number whose limit or, with one width, mean is too far from normal, or its standard error too
/// badly known, for Student's t (TailSums).
struct HeavyNumber {
  std::size_t number = 0;  ///< its place
  double skewness = 0.0;
  double effective_replicates = 0.0;
};

/// Those of the judged numbers, by the chosen order of the limits or, where none is heavy by it,
/// by the guard's. `influence`: A_w by width of either; `guard_influence` may be empty.
std::vector<HeavyNumber> heavy_numbers(const std::vector<NetworkNumbers>& measured,
                                       const std::vector<LimitNumber>& numbers,
                                       const Eigen::VectorXd& influence,
                                       const Eigen::VectorXd& guard_influence,
                                       const LimitOptions& options);

/// The one known from the fewest normal networks; there is one at least.
const HeavyNumber& worst_of(const std::vector<HeavyNumber>& heavy);

/// How many times the replicates it takes until none is heavy.
double replicates_for(const std::vector<HeavyNumber>& heavy);

}  // namespace wideproof::compare
