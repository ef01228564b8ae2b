// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/heavy_limits.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/compare/statistics/power_of_two.hpp>
#include <wideproof/compare/statistics/tail_sums.hpp>

namespace wideproof::compare {
namespace {

std::vector<HeavyLimit> heavy_by(const model::DimensionMeasurement& measurement,
                                 const std::vector<DimensionEstimate>& estimates,
                                 const Eigen::VectorXd& influence,
                                 const DimensionOptions& options) {
  std::vector<HeavyLimit> heavy;
  for (const DimensionEstimate& estimate : estimates) {
    if (!estimate.number.is_judged) continue;
    const double unit = power_of_two_below(estimate.number.scale);
    TailSums sums;
    for (Eigen::Index w = 0; w < influence.size(); ++w) {
      sums.add_without_tails(
          std::pow(influence[w] * options.rounding * estimate.number.scale / unit, 2));
      const auto& at = measurement[static_cast<std::size_t>(w)];
      sums.add(rows_of(at, {estimate.number}).col(0).array() / unit, influence[w]);
    }
    if (sums.is_heavy())
      heavy.push_back({estimate.number, sums.skewness(), sums.effective_replicates()});
  }
  return heavy;
}

}  // namespace

std::vector<HeavyLimit> heavy_limits(const model::DimensionMeasurement& measurement,
                                     const std::vector<DimensionEstimate>& estimates,
                                     const Eigen::VectorXd& influence,
                                     const Eigen::VectorXd& guard_influence,
                                     const DimensionOptions& options) {
  const auto heavy = heavy_by(measurement, estimates, influence, options);
  if (!heavy.empty() || guard_influence.size() == 0) return heavy;
  return heavy_by(measurement, estimates, guard_influence, options);
}

const HeavyLimit& worst_of(const std::vector<HeavyLimit>& limits) {
  return *std::min_element(limits.begin(), limits.end(), [](const auto& one, const auto& other) {
    return one.effective_replicates < other.effective_replicates;
  });
}

double replicates_for(const std::vector<HeavyLimit>& limits) {
  double factor = 1.0;
  for (const HeavyLimit& limit : limits)
    factor = std::max(factor, replicates_until_light(limit.skewness, limit.effective_replicates));
  return factor;
}

}  // namespace wideproof::compare
