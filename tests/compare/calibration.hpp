// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <boost/math/special_functions/gamma.hpp>

#include "error_rates.hpp"
#include "invented.hpp"

namespace wideproof::compare::testing {

/// Three inputs and three layers with a bias of 10/n; standard errors of the limits near 0.7%.
inline Invented default_experiment() {
  Invented invented;
  invented.layers = 3;
  invented.limit = equicorrelated(3, 0.5);
  invented.first = 10.0;
  invented.spread = 5.0;
  return invented;
}

inline Options at_level(double family_error) {
  Options options;
  options.family_error = family_error;
  return options;
}

/// nullptr where the claim was not made.
inline const Claim* claim(const Assessment& assessment, const std::string& name) {
  const auto found = std::find_if(assessment.claims.begin(), assessment.claims.end(),
                                  [&name](const Claim& made) { return made.name == name; });
  return found == assessment.claims.end() ? nullptr : &*found;
}

/// How often each of several events happened, out of how many occasions.
class Tally {
 public:
  void count(const std::string& event, bool happened) {
    auto& [times, occasions] = counts_[event];
    times += happened ? 1 : 0;
    ++occasions;
  }

  int times(const std::string& event) const { return at(event).first; }
  int occasions(const std::string& event) const { return at(event).second; }

  /// Every rate becomes a property of the test in the XML report, after what it was measured of.
  void record(const std::string& measured_of = "") const {
    for (const auto& [event, count] : counts_)
      ::testing::Test::RecordProperty(
          measured_of + event,
          fmt::format("{:.2f}% of {}", 100.0 * count.first / count.second, count.second));
  }

  /// Between the bounds of error_rates.hpp for independent occasions of that chance.
  void expect_rate(const std::string& event, double chance) const {
    const auto [low, high] = count_bounds(occasions(event), chance);
    EXPECT_GE(times(event), low) << event;
    EXPECT_LE(times(event), high) << event;
  }

  void expect_at_most(const std::string& event, double chance) const {
    EXPECT_LE(times(event), count_bounds(occasions(event), chance).high) << event;
  }

  void expect_at_least(const std::string& event, double chance) const {
    EXPECT_GE(times(event), count_bounds(occasions(event), chance).low) << event;
  }

 private:
  std::pair<int, int> at(const std::string& event) const {
    const auto found = counts_.find(event);
    return found == counts_.end() ? std::pair(0, 0) : found->second;
  }

  std::map<std::string, std::pair<int, int>> counts_;
};

/// Kolmogorov and Smirnov's distance from uniformity on [0, 1].
inline double distance_from_uniform(std::vector<double> p_values) {
  std::sort(p_values.begin(), p_values.end());
  const auto count = static_cast<double>(p_values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < p_values.size(); ++i)
    distance = std::max({distance, p_values[i] - static_cast<double>(i) / count,
                         static_cast<double>(i + 1) / count - p_values[i]});
  return distance;
}

/// What the distance of `count` uniform numbers exceeds with probability at most `false_alarm`:
/// P(D > d) ≤ 2 exp(−2 count d²) (Massart, Ann. Probab. 18, 1990).
inline double uniform_bound(std::size_t count) {
  return std::sqrt(std::log(2.0 / false_alarm) / (2.0 * static_cast<double>(count)));
}

}  // namespace wideproof::compare::testing
