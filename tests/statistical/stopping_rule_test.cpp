// SPDX-License-Identifier: MIT
// Stopping at a precision stops where the standard error happens to be taken for small.
#include <wideproof/sim/measure/stopping_rule.hpp>

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "false_alarm.hpp"

namespace wideproof::testing {
namespace {

/// Stated over true standard error of a mean of normals where `is_enough(count, stated)` stops.
template <class IsEnough>
double understatement(std::mt19937_64& rng, const IsEnough& is_enough) {
  std::normal_distribution<double> normal;
  double mean = 0;
  double squares = 0;
  for (std::int64_t count = 1;; ++count) {
    const double x = normal(rng);
    const double delta = x - mean;
    mean += delta / static_cast<double>(count);
    squares += delta * (x - mean);
    if (count < 2) continue;
    const auto n = static_cast<double>(count);
    const double deviation = std::sqrt(squares / (n - 1));
    if (is_enough(count, deviation / std::sqrt(n))) return deviation;
  }
}

template <class IsEnough>
Estimate mean_understatement(const IsEnough& is_enough) {
  std::mt19937_64 rng(1);
  Eigen::ArrayXd ratios(20000);
  for (auto& ratio : ratios) ratio = understatement(rng, is_enough);
  return mean_of(ratios);
}

TEST(StoppingRule, UnderstatesTheStandardErrorByLittle) {
  struct Case {
    double needed;
    double understatement;
  };
  for (const auto& [needed, understatement] : {Case{100, .986}, Case{300, .996}}) {
    const double precision = 1 / std::sqrt(needed);
    const sim::StoppingRule rule{.replicates = 1'000'000, .precision = precision};
    const auto looks = mean_understatement([&](std::int64_t count, double stated) {
      return rule.is_met(count, [&] { return stated; });
    });
    EXPECT_TRUE(agrees(looks, understatement, 2, .0015)) << needed;
    const auto every_network =
        mean_understatement([&](std::int64_t, double stated) { return stated <= precision; });
    EXPECT_FALSE(agrees(every_network, understatement, 2, .0015)) << needed;
  }
}

}  // namespace
}  // namespace wideproof::testing
