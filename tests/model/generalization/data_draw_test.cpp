// SPDX-License-Identifier: MIT
#include <wideproof/model/generalization/data_draw.hpp>

#include <gmock/gmock.h>

#include <algorithm>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(DataDraw, TakesDistinctInputsAndTrainsOnPartOfThem) {
  const auto data = draw_data({}, 100, 30, 0, 7);
  ASSERT_EQ(data.pool.size(), 60U);
  ASSERT_EQ(data.training.size(), 30U);
  EXPECT_TRUE(std::is_sorted(data.pool.begin(), data.pool.end(), std::less_equal<>()));
  EXPECT_TRUE(std::is_sorted(data.training.begin(), data.training.end(), std::less_equal<>()));
  EXPECT_GE(data.pool.front(), 0);
  EXPECT_LT(data.pool.back(), 100);
  EXPECT_GE(data.training.front(), 0);
  EXPECT_LT(data.training.back(), 60);
}

TEST(DataDraw, DependsOnSeedPointsAndDraw) {
  const auto pool = [](std::int64_t points, std::int64_t draw, std::uint64_t seed) {
    return draw_data({}, 1000, points, draw, seed).pool;
  };
  EXPECT_EQ(pool(30, 0, 7), pool(30, 0, 7));
  EXPECT_NE(pool(30, 0, 7), pool(30, 1, 7));
  EXPECT_NE(pool(30, 0, 7), pool(30, 0, 8));
  EXPECT_NE(pool(30, 0, 7), pool(30, 0, 7 + (std::uint64_t{1} << 32)));
}

// Each input is trained on with chance P/inputs: over 4000 draws the count of one is binomial with
// standard deviation 29; 6 of them are exceeded with 2e-9.
TEST(DataDraw, TakesEachInputAlike) {
  const int draws = 4000;
  std::vector<int> trained(10, 0);
  for (int draw = 0; draw < draws; ++draw) {
    const auto data = draw_data({}, 10, 3, draw, 1);
    for (const auto place : data.training) {
      ++trained[static_cast<std::size_t>(data.pool[static_cast<std::size_t>(place)])];
    }
  }
  for (const int count : trained) EXPECT_NEAR(count, 0.3 * draws, 6 * 29);
}

TEST(DataDraw, TakesEverySecondInputWhereTheSplitIsFixed) {
  RegressionSpec spec;
  spec.split = RegressionSpec::Split::alternate;
  const auto data = draw_data(spec, 9, 3, 0, 7);
  EXPECT_THAT(data.pool, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(data.training, ElementsAre(0, 2, 4));
}

TEST(DataDraw, RefusesAPoolLargerThanTheInputs) {
  EXPECT_EQ(refusal([] { draw_data({}, 59, 30, 0, 7); }),
            "generalization.training_points = 30: with generalization.pool_ratio = 2 takes a pool "
            "of 60 points; there are 59 inputs");
}

}  // namespace
}  // namespace wideproof::model
