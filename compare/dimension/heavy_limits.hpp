// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/dimension/limits.hpp>

namespace wideproof::compare {

/// A number whose limit or, with one width, mean is too far from normal, or its standard error too
/// badly known, for Student's t (TailSums).
struct HeavyLimit {
  DimensionNumber number;
  double skewness = 0.0;
  double effective_replicates = 0.0;
};

/// Those of the judged numbers, by the chosen order of the limits or, where none is heavy by it,
/// by the guard's. `influence`: A_w by width of either; `guard_influence` may be empty.
std::vector<HeavyLimit> heavy_limits(const model::DimensionMeasurement& measurement,
                                     const std::vector<DimensionEstimate>& estimates,
                                     const Eigen::VectorXd& influence,
                                     const Eigen::VectorXd& guard_influence,
                                     const DimensionOptions& options);

/// The one known from the fewest normal networks; there is one at least.
const HeavyLimit& worst_of(const std::vector<HeavyLimit>& limits);

/// How many times the replicates it takes until none is heavy.
double replicates_for(const std::vector<HeavyLimit>& limits);

}  // namespace wideproof::compare
