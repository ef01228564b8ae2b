// SPDX-License-Identifier: MIT
#include <wideproof/report/shown_length.hpp>

#include <gtest/gtest.h>

namespace wideproof::report {
namespace {

TEST(ShownLength, CountsACharacterOnceHoweverManyBytesItHas) {
  EXPECT_EQ(shown_length(""), 0u);
  EXPECT_EQ(shown_length("abc"), 3u);
  EXPECT_EQ(shown_length("é"), 1u);           // two bytes
  EXPECT_EQ(shown_length("n → ∞"), 5u);       // three bytes each
  EXPECT_EQ(shown_length("\U0001D53C"), 1u);  // four bytes
}

}  // namespace
}  // namespace wideproof::report
