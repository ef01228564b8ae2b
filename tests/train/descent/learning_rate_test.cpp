// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/learning_rate.hpp>

#include <gtest/gtest.h>

namespace wideproof::train {
namespace {

using model::RateSchedule;

TEST(LearningRate, FollowsItsSchedule) {
  const auto rate = [](RateSchedule schedule, std::int64_t step) {
    return learning_rate(
        {.learning_rate = 2, .schedule = schedule, .decay = 0.5, .every = 3, .steps = 8}, step, 8);
  };
  EXPECT_EQ(rate(RateSchedule::constant, 5), 2);
  EXPECT_EQ(rate(RateSchedule::linear, 0), 2);
  EXPECT_EQ(rate(RateSchedule::linear, 6), 0.5);
  EXPECT_EQ(rate(RateSchedule::cosine, 0), 2);
  EXPECT_NEAR(rate(RateSchedule::cosine, 4), 1, 1e-15);
  EXPECT_NEAR(rate(RateSchedule::cosine, 6), 0.29289321881345254, 1e-15);  // 1 − 1/√2
  EXPECT_EQ(rate(RateSchedule::step, 2), 2);
  EXPECT_EQ(rate(RateSchedule::step, 3), 1);
  EXPECT_EQ(rate(RateSchedule::step, 7), 0.5);
}

}  // namespace
}  // namespace wideproof::train
