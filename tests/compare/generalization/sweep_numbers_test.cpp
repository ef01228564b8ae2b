// SPDX-License-Identifier: MIT
#include <wideproof/compare/generalization/sweep_numbers.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include "invented_errors.hpp"

namespace wideproof::compare {
namespace {

using testing::draw_errors;
using testing::InventedErrors;

std::vector<SweepNumber> numbers_of(const model::GeneralizationMeasurement& measured) {
  return error_numbers(assess_generalization(measured, {}), measured);
}

model::GeneralizationMeasurement measurement(const InventedErrors& law = {}) {
  boost::random::mt19937_64 rng(1);
  return draw_errors(law, rng);
}

TEST(ErrorNumbers, HoldTheErrorsOfEveryDraw) {
  const SweepPoint point{.numbers = numbers_of(measurement())};
  EXPECT_EQ(point.numbers.size(), 3u * 5u);
  EXPECT_EQ(find_number(point, "error", 128, 0)->draws.size(), 5u);
  EXPECT_EQ(find_number(point, "error", 512, 4096)->draws.size(), 5u);
  EXPECT_NEAR(point.numbers[0].value, 1.0 / 128.0, 0.1 / 128.0);
  EXPECT_NEAR(point.numbers[0].predicted, 1.0 / 128.0, 0.1 / 128.0);
  EXPECT_EQ(point.numbers[0].width, 0);
}

TEST(ErrorNumbers, AverageTheNetworksOfADraw) {
  const auto measured = measurement();
  const SweepPoint point{.numbers = numbers_of(measured)};
  double sum = 0.0;
  for (const auto& network : measured.networks)
    if (network.training_points == 256 && network.width == 1024 && network.draw == 3)
      sum += network.error.pool;
  EXPECT_DOUBLE_EQ(find_number(point, "error", 256, 1024)->draws[3], sum / 4.0);
}

TEST(ErrorNumbers, StandAtTheNumberOfTheDraw) {
  auto measured = measurement();
  const double second = measured.draws[1].kernel.pool;
  measured.draws.erase(measured.draws.begin());
  const std::vector<double> draws = numbers_of(measured).front().draws;
  EXPECT_TRUE(std::isnan(draws[0]));
  EXPECT_EQ(draws[1], second);
}

TEST(ErrorNumbers, ArePlannedWithTheCoordinatesThatTheyWillHave) {
  const InventedErrors law;
  const auto planned = planned_error_numbers(law.training_points, law.widths);
  const auto measured = numbers_of(measurement(law));
  ASSERT_EQ(planned.size(), measured.size());
  for (std::size_t i = 0; i < planned.size(); ++i) {
    EXPECT_EQ(planned[i].quantity, measured[i].quantity);
    EXPECT_EQ(planned[i].training_points, measured[i].training_points);
    EXPECT_EQ(planned[i].width, measured[i].width);
    EXPECT_TRUE(std::isnan(planned[i].value));
    EXPECT_TRUE(planned[i].draws.empty());
  }
}

TEST(ErrorNumbers, AreJudgedOnlyWhereSomethingStandsBesideThem) {
  InventedErrors bare;
  EXPECT_TRUE(is_judged(assess_generalization(measurement(bare), {})));
  bare.widths = {};
  bare.predicted = false;
  EXPECT_FALSE(is_judged(assess_generalization(measurement(bare), {})));
}

}  // namespace
}  // namespace wideproof::compare
