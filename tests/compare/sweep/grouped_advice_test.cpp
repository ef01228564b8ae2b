// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/grouped_advice.hpp>

#include <gmock/gmock.h>

namespace wideproof::compare {
namespace {

using ::testing::ElementsAre;

TEST(GroupedAdvice, IsOneWhereOnlyNumbersDiffer) {
  const auto groups = grouped_advice({"a largest width of about 80,000, within 2%", "wider layers",
                                      "a largest width of about 9,500, within 2%",
                                      "a largest width of about 1,200,000, within 2%"});
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_THAT(groups[0].points, ElementsAre(0, 2, 3));
  EXPECT_EQ(groups[0].text, "a largest width of about 9,500 to 1,200,000, within 2%");
  EXPECT_THAT(groups[1].points, ElementsAre(1));
  EXPECT_EQ(groups[1].text, "wider layers");
  EXPECT_EQ(grouped_advice({"p = 2e-05", "p = 0.01", "p = 3e-12"}).front().text,
            "p = 3e-12 to 0.01");
}

TEST(GroupedAdvice, IsAsItWasForOnePoint) {
  EXPECT_EQ(grouped_advice({"at 1/n, 2.5."}).front().text, "at 1/n, 2.5.");
  EXPECT_TRUE(grouped_advice({}).empty());
}

// A word in place of a number is another advice.
TEST(GroupedAdvice, IsNotOneWhereWordsDiffer) {
  EXPECT_EQ(grouped_advice({"2 times", "twice", "2 times more"}).size(), 3u);
}

}  // namespace
}  // namespace wideproof::compare
