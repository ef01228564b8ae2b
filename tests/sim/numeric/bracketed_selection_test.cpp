// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/bracketed_selection.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

/// Numbers in (−1, 1) without order or period.
template <class Real>
std::vector<Real> numbers(std::size_t count) {
  std::vector<Real> x(count);
  for (std::size_t i = 0; i < count; ++i) {
    x[i] = static_cast<Real>(std::sin(static_cast<double>(i * i)));
  }
  return x;
}

template <class Real>
class Scan : public ::testing::Test {};
using Reals = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Scan, Reals);

// Every count up to some vectors' length, so that all remainders occur.
TYPED_TEST(Scan, CountsAndKeepsAsAPlainLoopDoes) {
  for (std::size_t count = 0; count < 70; ++count) {
    const auto x = numbers<TypeParam>(count);
    const double low = -.3;
    const double high = .2;
    std::vector<double> expected = {7};
    std::int64_t below = 0;
    std::int64_t positive = 0;
    for (const auto value : x) {
      below += value < static_cast<TypeParam>(low) ? 1 : 0;
      positive += value > 0 ? 1 : 0;
      if (value >= static_cast<TypeParam>(low) && value <= static_cast<TypeParam>(high)) {
        expected.push_back(value);
      }
    }
    std::vector<double> inside = {7};
    const auto size = static_cast<std::int64_t>(count);
    EXPECT_EQ(scan_bracket(x.data(), size, low, high, inside), below);
    EXPECT_EQ(inside, expected);
    EXPECT_EQ(count_positive(x.data(), size), positive);
  }
}

TYPED_TEST(Scan, TakesTheBracketsEndsIn) {
  const std::vector<TypeParam> x(37, TypeParam{.5});
  std::vector<double> inside;
  EXPECT_EQ(scan_bracket(x.data(), 37, .5, .5, inside), 0);
  EXPECT_EQ(inside.size(), 37U);
  EXPECT_EQ(scan_bracket(x.data(), 37, .6, .7, inside), 37);
  EXPECT_EQ(inside.size(), 37U);
}

TEST(BracketedSelection, FindsTheOrderStatisticsInItsBracketAndNoOthers) {
  auto x = numbers<float>(1000);
  BracketedSelection whole(-.5, .5);
  BracketedSelection part = whole;
  whole.scan(x.data(), 400);
  part.scan(x.data() + 400, 600);
  whole.merge(part);
  std::sort(x.begin(), x.end());
  const auto is_inside = [&](std::size_t rank) { return std::abs(x[rank]) <= .5F; };
  for (std::size_t rank = 0; rank + 1 < x.size(); ++rank) {
    const auto alone = whole.order_statistics(static_cast<std::int64_t>(rank), false);
    ASSERT_EQ(alone.has_value(), is_inside(rank)) << rank;
    if (alone) {
      EXPECT_EQ(*alone, std::pair(double{x[rank]}, double{x[rank]}));
    }
    const auto both = whole.order_statistics(static_cast<std::int64_t>(rank), true);
    ASSERT_EQ(both.has_value(), is_inside(rank) && is_inside(rank + 1)) << rank;
    if (both) {
      EXPECT_EQ(*both, std::pair(double{x[rank]}, double{x[rank + 1]}));
    }
  }
}

TYPED_TEST(Scan, RectifiesAboveAThreshold) {
  for (std::size_t count = 0; count < 70; ++count) {
    auto x = numbers<TypeParam>(count);
    const auto threshold = static_cast<TypeParam>(.2);
    std::vector<TypeParam> expected;
    std::int64_t positive = 0;
    for (const auto value : x) {
      expected.push_back(std::max(value - threshold, TypeParam{0}));
      positive += value > threshold ? 1 : 0;
    }
    EXPECT_EQ(rectify_above(x.data(), static_cast<std::int64_t>(count), threshold), positive);
    EXPECT_EQ(x, expected);
  }
}

TYPED_TEST(Scan, LeavesNotANumberAsItIs) {
  std::vector<TypeParam> x(40, std::numeric_limits<TypeParam>::quiet_NaN());
  EXPECT_EQ(rectify_above(x.data(), 40, TypeParam{0}), 0);
  for (const auto value : x) EXPECT_TRUE(std::isnan(value));
}

}  // namespace
}  // namespace wideproof::sim
