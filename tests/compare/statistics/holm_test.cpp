// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/holm.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

namespace wideproof::compare {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::NanSensitiveDoubleEq;

TEST(Holm, AdjustsAsByHand) {
  // Sorted: 0.005·4 = 0.02, 0.01·3 = 0.03, 0.03·2 = 0.06, 0.04·1 = 0.04 raised to 0.06.
  EXPECT_THAT(holm_adjusted({0.01, 0.04, 0.03, 0.005}),
              ElementsAre(DoubleEq(0.03), DoubleEq(0.06), DoubleEq(0.06), DoubleEq(0.02)));
}

TEST(Holm, NeverExceedsOne) {
  EXPECT_THAT(holm_adjusted({0.9, 0.6}), ElementsAre(1.0, 1.0));
}

TEST(Holm, LeavesOneTestAlone) {
  EXPECT_THAT(holm_adjusted({0.2}), ElementsAre(0.2));
}

TEST(Holm, DoesNotCountNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(holm_adjusted({nan, 0.01, 0.5}),
              ElementsAre(NanSensitiveDoubleEq(nan), DoubleEq(0.02), DoubleEq(0.5)));
}

TEST(Holm, AcceptsAnEmptyFamily) {
  EXPECT_THAT(holm_adjusted({}), IsEmpty());
}

}  // namespace
}  // namespace wideproof::compare
