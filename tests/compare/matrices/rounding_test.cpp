// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/rounding.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace wideproof::compare {
namespace {

TEST(WithoutRounding, KeepsWhatIsLargerThanAFewUnitsInTheLastPlace) {
  const double unit = std::numeric_limits<double>::epsilon();
  EXPECT_EQ(without_rounding(-unit), 0.0);
  EXPECT_FALSE(std::signbit(without_rounding(-0.0)));
  EXPECT_EQ(without_rounding(-9.0 * unit), -9.0 * unit);
  EXPECT_EQ(without_rounding(-2e-14, 100.0), 0.0);
  EXPECT_EQ(without_rounding(-2e-14, 1.0), -2e-14);
  EXPECT_TRUE(std::isnan(without_rounding(std::numeric_limits<double>::quiet_NaN())));
}

}  // namespace
}  // namespace wideproof::compare
