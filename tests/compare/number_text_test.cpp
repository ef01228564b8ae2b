// SPDX-License-Identifier: MIT
#include <wideproof/compare/number_text.hpp>

#include <gtest/gtest.h>

namespace wideproof::compare {
namespace {

TEST(WithCommas, GroupsThousands) {
  EXPECT_EQ(with_commas(999), "999");
  EXPECT_EQ(with_commas(1000), "1,000");
  EXPECT_EQ(with_commas(12034567), "12,034,567");
}

TEST(AtLeast, RoundsUpToTwoDigits) {
  EXPECT_EQ(at_least(1234.0), "1,300");
  EXPECT_EQ(at_least(2.31), "2.4");
  EXPECT_EQ(at_least(2.3), "2.3");
}

TEST(Percent, HasASignWhereItIsADifference) {
  EXPECT_EQ(as_percent(0.98), "98%");
  EXPECT_EQ(signed_percent(0.032), "+3.2%");
  EXPECT_EQ(signed_percent(-0.5), "-50%");
}

TEST(PText, DoesNotTellTheSmallestFromZero) {
  EXPECT_EQ(p_text(0.0123), "p = 0.012");
  EXPECT_EQ(p_text(0.0), "p < 1e-300");
  EXPECT_EQ(p_number(0.0123), "0.012");
  EXPECT_EQ(p_number(0.0), "< 1e-300");
}

}  // namespace
}  // namespace wideproof::compare
