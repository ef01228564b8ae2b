// SPDX-License-Identifier: MIT
#include <wideproof/report/figure/number_range.hpp>

#include <limits>

#include <gtest/gtest.h>

namespace wideproof::report {
namespace {

TEST(NumberRange, SpansTheFiniteNumbers) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const NumberRange range = number_range({nan, 2.0, -infinity, -1.5, infinity, 0.0});
  EXPECT_EQ(range.low, -1.5);
  EXPECT_EQ(range.high, 2.0);
  EXPECT_FALSE(range.is_empty());
  EXPECT_FALSE(number_range({3.0}).is_empty());
}

TEST(NumberRange, OfNoFiniteNumberIsEmpty) {
  EXPECT_TRUE(number_range({}).is_empty());
  EXPECT_TRUE(number_range({std::numeric_limits<double>::quiet_NaN()}).is_empty());
}

}  // namespace
}  // namespace wideproof::report
