// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/heavy_numbers.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/compare/statistics/power_of_two.hpp>
#include <wideproof/compare/statistics/tail_sums.hpp>

namespace wideproof::compare {
namespace {

std::vector<HeavyNumber> heavy_by(const std::vector<NetworkNumbers>& measured,
                                  const std::vector<LimitNumber>& numbers,
                                  const Eigen::VectorXd& influence, const LimitOptions& options) {
  std::vector<HeavyNumber> heavy;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (!numbers[k].is_judged) continue;
    const double unit = power_of_two_below(numbers[k].scale);
    TailSums sums;
    for (Eigen::Index w = 0; w < influence.size(); ++w) {
      sums.add_without_tails(
          std::pow(influence[w] * options.rounding * numbers[k].scale / unit, 2));
      const NetworkNumbers& at = measured[static_cast<std::size_t>(w)];
      sums.add(at.rows.col(static_cast<Eigen::Index>(k)).array() / unit, influence[w]);
    }
    if (sums.is_heavy()) heavy.push_back({k, sums.skewness(), sums.effective_replicates()});
  }
  return heavy;
}

}  // namespace

std::vector<HeavyNumber> heavy_numbers(const std::vector<NetworkNumbers>& measured,
                                       const std::vector<LimitNumber>& numbers,
                                       const Eigen::VectorXd& influence,
                                       const Eigen::VectorXd& guard_influence,
                                       const LimitOptions& options) {
  const auto heavy = heavy_by(measured, numbers, influence, options);
  if (!heavy.empty() || guard_influence.size() == 0) return heavy;
  return heavy_by(measured, numbers, guard_influence, options);
}

const HeavyNumber& worst_of(const std::vector<HeavyNumber>& heavy) {
  return *std::min_element(heavy.begin(), heavy.end(), [](const auto& one, const auto& other) {
    return one.effective_replicates < other.effective_replicates;
  });
}

double replicates_for(const std::vector<HeavyNumber>& heavy) {
  double factor = 1.0;
  for (const HeavyNumber& at : heavy)
    factor = std::max(factor, replicates_until_light(at.skewness, at.effective_replicates));
  return factor;
}

}  // namespace wideproof::compare
