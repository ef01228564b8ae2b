// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/rank_correlation.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace wideproof::compare {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// 4 of 6 pairs concordant, 2 discordant; with a tie on one side 3 and 2, over √(6·5).
TEST(KendallTau, CountsConcordantPairs) {
  EXPECT_DOUBLE_EQ(*kendall_tau({1, 2, 3, 4}, {1, 3, 4, 2}), 2. / 6);
  EXPECT_DOUBLE_EQ(*kendall_tau({1, 2, 3, 4}, {1, 3, 3, 2}), 1. / std::sqrt(30.));
  EXPECT_DOUBLE_EQ(*kendall_tau({1, 2, 3}, {30, 20, 10}), -1);
  EXPECT_DOUBLE_EQ(*kendall_tau({1, none, 2, 3}, {1, 9, 2, none}), 1);
  EXPECT_FALSE(kendall_tau({1, 2, 3}, {5, 5, 5}));
  EXPECT_FALSE(kendall_tau({1, none}, {1, 2}));
}

/// Of 2³ signings none reaches further than the units themselves; of {1, 2, −3} those of sum ≥ 0.
TEST(SignedMean, EnumeratesSigns) {
  const auto all = signed_mean({1, 2, 3});
  EXPECT_DOUBLE_EQ(all.p_above, 1. / 8);
  EXPECT_DOUBLE_EQ(all.p_below, 1);
  EXPECT_DOUBLE_EQ(all.mean, 2);
  const auto balanced = signed_mean({1, 2, -3});
  EXPECT_DOUBLE_EQ(balanced.p_above, 5. / 8);
  EXPECT_DOUBLE_EQ(balanced.p_below, 5. / 8);
  const auto alike = signed_mean({1, 1, 1, 1});
  EXPECT_DOUBLE_EQ(alike.p_above, 1. / 16);
  EXPECT_EQ(alike.standard_error, 0);
}

TEST(SignedMean, NeverClaimsMoreThanSignsCanOfManyUnits) {
  const auto alike = signed_mean(std::vector<double>(20, 1.0));
  EXPECT_DOUBLE_EQ(alike.p_above, std::exp2(-20));
  EXPECT_DOUBLE_EQ(alike.p_below, 1);
  std::vector<double> mixed(20, 1.0);
  for (std::size_t i = 0; i < 10; ++i) mixed[i] = -1.0;
  EXPECT_DOUBLE_EQ(signed_mean(mixed).p_above, .5);
  const auto interval = signed_mean(mixed).interval(.95);
  EXPECT_DOUBLE_EQ(interval.low, -interval.high);
}

}  // namespace
}  // namespace wideproof::compare
