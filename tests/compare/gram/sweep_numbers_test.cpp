// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/sweep_numbers.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;

std::vector<SweepNumber> numbers_of(const Invented& invented) {
  return last_layer_numbers(assess(testing::truth(invented), testing::exact(invented), {}));
}

Invented two_layers() {
  Invented invented;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(2, 0.5);
  return invented;
}

TEST(LastLayerNumbers, AreThoseOfTheLastLayer) {
  const std::vector<SweepNumber> numbers = numbers_of(two_layers());
  ASSERT_EQ(numbers.size(), 3u);
  EXPECT_EQ(numbers[0].quantity->name, "norm");
  EXPECT_NEAR(numbers[0].value, 1.0, 1e-9);
  EXPECT_EQ(numbers[1].quantity->name, "correlation");
  EXPECT_NEAR(numbers[1].value, 0.5, 1e-9);
  EXPECT_NEAR(numbers[1].predicted, 0.5, 1e-9);
  EXPECT_LT(numbers[1].low, 0.5);
  EXPECT_EQ(numbers[1].width, 0);
  EXPECT_TRUE(numbers[1].draws.empty());
}

TEST(LastLayerNumbers, GiveTheNormTheErrorOfOneNetworksNorm) {
  // Of four inputs whose entries vary independently the norm is known twice as well as each.
  Invented invented = two_layers();
  invented.limit = testing::equicorrelated(4, 0.5);
  invented.widths = {512};
  invented.common = 0.0;
  const SweepNumber norm = numbers_of(invented).at(0);
  const double of_an_entry = invented.spread / std::sqrt(512.0 * 100.0);
  const double t_of_99 = 1.98422;  // 97.5%
  EXPECT_NEAR(norm.high - norm.low, 2 * t_of_99 * of_an_entry / 2, 1e-5 * of_an_entry);
}

TEST(LastLayerNumbers, AreThoseOfTheOnlyWidthWhereThereIsNoLimit) {
  Invented invented = two_layers();
  invented.widths = {512};
  EXPECT_EQ(numbers_of(invented).at(1).width, 512);
}

TEST(LastLayerNumbers, TakeTheLeastCorrelationWhereTheLeastIsPredicted) {
  Invented invented = two_layers();
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.limit(0, 2) = invented.limit(2, 0) = 0.25;
  const Assessment assessment = assess(testing::truth(invented), testing::exact(invented), {});
  const SweepNumber least = last_layer_numbers(assessment).at(2);
  EXPECT_EQ(least.quantity->name, "least correlation");
  EXPECT_NEAR(least.predicted, 0.25, 1e-12);
  EXPECT_NEAR(least.value, 0.25, 1e-9);
  // Of a prediction that takes another pair to be the least, that pair's.
  std::vector<PredictedLayer> wrong = testing::truth(invented);
  for (PredictedLayer& layer : wrong) layer.correlation(0, 1) = layer.correlation(1, 0) = 0.125;
  const auto of_wrong = last_layer_numbers(assess(wrong, testing::exact(invented), {})).at(2);
  EXPECT_NEAR(of_wrong.predicted, 0.125, 1e-12);
  EXPECT_NEAR(of_wrong.value, 0.5, 1e-9);
}

TEST(PredictedNumbers, AreThoseThatAMeasurementIsSetBeside) {
  const Invented invented = two_layers();
  const std::vector<SweepNumber> measured = numbers_of(invented);
  const std::vector<SweepNumber> predicted = predicted_numbers(testing::truth(invented));
  ASSERT_EQ(predicted.size(), measured.size());
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    EXPECT_EQ(predicted[i].quantity, measured[i].quantity);
    EXPECT_EQ(predicted[i].predicted, measured[i].predicted);
    EXPECT_TRUE(std::isnan(predicted[i].value));
  }
}

TEST(SweepNumbers, TellTheCorrelationOfTheInputs) {
  std::vector<SweepNumber> numbers = predicted_numbers(testing::truth(two_layers()));
  const Eigen::Matrix3d inputs{{1, 0.5, 0.1}, {0.5, 1, -0.3}, {0.1, -0.3, 1}};
  tell_of_inputs(numbers, (4.0 * inputs).array() + 0.7, 0.7);
  for (const SweepNumber& number : numbers) {
    if (number.quantity == correlation_quantity())
      EXPECT_NEAR(number.of_inputs, 0.1, 1e-15);
    else
      EXPECT_TRUE(std::isnan(number.of_inputs));
  }
}

TEST(LastLayerNumbers, HaveNoCorrelationOfOneInput) {
  Invented invented = two_layers();
  invented.limit = testing::equicorrelated(1, 0.5);
  const std::vector<SweepNumber> numbers = numbers_of(invented);
  ASSERT_EQ(numbers.size(), 1u);
  EXPECT_EQ(numbers[0].quantity->name, "norm");
}

}  // namespace
}  // namespace wideproof::compare
