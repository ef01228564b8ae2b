// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/binomial_interval.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace wideproof::compare {
namespace {

TEST(BinomialInterval, IsAsTabulated) {
  // R's binom.test.
  const Interval half = binomial_interval(5, 10);
  EXPECT_NEAR(half.low, 0.1870860, 5e-8);
  EXPECT_NEAR(half.high, 0.8129140, 5e-8);
  const Interval rare = binomial_interval(1, 20);
  EXPECT_NEAR(rare.low, 0.001265089, 5e-10);
  EXPECT_NEAR(rare.high, 0.248732763, 5e-10);
}

TEST(BinomialInterval, ReachesTheEndsWhereNothingOrEverythingCameTrue) {
  for (const int trials : {1, 10, 200}) {
    const double bound = std::pow(0.025, 1.0 / trials);
    const Interval never = binomial_interval(0, trials);
    EXPECT_EQ(never.low, 0.0);
    EXPECT_NEAR(never.high, 1.0 - bound, 1e-12);
    const Interval always = binomial_interval(trials, trials);
    EXPECT_NEAR(always.low, bound, 1e-12);
    EXPECT_EQ(always.high, 1.0);
  }
}

TEST(BinomialInterval, LeavesTwoAndAHalfPercentBeyondEachEnd) {
  // P(X ≥ 3) and P(X ≤ 3) of 12 trials, term by term.
  const auto chance = [](double p, int least, int most) {
    double sum = 0.0;
    for (int k = least; k <= most; ++k)
      sum += std::exp(std::lgamma(13.0) - std::lgamma(k + 1.0) - std::lgamma(13.0 - k)) *
             std::pow(p, k) * std::pow(1.0 - p, 12 - k);
    return sum;
  };
  const Interval interval = binomial_interval(3, 12);
  EXPECT_NEAR(chance(interval.low, 3, 12), 0.025, 1e-9);
  EXPECT_NEAR(chance(interval.high, 0, 3), 0.025, 1e-9);
}

}  // namespace
}  // namespace wideproof::compare
