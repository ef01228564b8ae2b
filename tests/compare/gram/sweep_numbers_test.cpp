// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/sweep_numbers.hpp>

#include <gtest/gtest.h>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;

std::vector<SweepNumber> numbers_of(const Invented& invented) {
  return norm_and_correlation(assess(testing::truth(invented), testing::exact(invented), {}));
}

Invented two_layers() {
  Invented invented;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(2, 0.5);
  return invented;
}

TEST(NormAndCorrelation, AreThoseOfTheLastLayer) {
  const std::vector<SweepNumber> numbers = numbers_of(two_layers());
  ASSERT_EQ(numbers.size(), 2u);
  EXPECT_EQ(numbers[0].quantity->name, "norm");
  EXPECT_NEAR(numbers[0].value, 1.0, 1e-9);
  EXPECT_EQ(numbers[1].quantity->name, "correlation");
  EXPECT_NEAR(numbers[1].value, 0.5, 1e-9);
  EXPECT_NEAR(numbers[1].predicted, 0.5, 1e-9);
  EXPECT_LT(numbers[1].low, 0.5);
  EXPECT_EQ(numbers[1].width, 0);
  EXPECT_TRUE(numbers[1].draws.empty());
}

TEST(NormAndCorrelation, AreThoseOfTheOnlyWidthWhereThereIsNoLimit) {
  Invented invented = two_layers();
  invented.widths = {512};
  EXPECT_EQ(numbers_of(invented).at(1).width, 512);
}

TEST(NormAndCorrelation, HaveNoCorrelationOfOneInput) {
  Invented invented = two_layers();
  invented.limit = testing::equicorrelated(1, 0.5);
  const std::vector<SweepNumber> numbers = numbers_of(invented);
  ASSERT_EQ(numbers.size(), 1u);
  EXPECT_EQ(numbers[0].quantity->name, "norm");
}

}  // namespace
}  // namespace wideproof::compare
