// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/sweep_numbers.hpp>

#include <cmath>
#include <limits>
#include <numeric>

#include <gmock/gmock.h>

#include <wideproof/compare/statistics/paired_ratio.hpp>
#include <wideproof/compare/sweep/sweep_claim.hpp>
#include <wideproof/compare/sweep/sweep_claims.hpp>
#include "invented_networks.hpp"

namespace wideproof::compare {
namespace {

using testing::draw_dimensions;
using testing::InventedNetworks;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::truth_of;

constexpr double rounding_of_sums = 1e-10;

std::vector<SweepNumber> numbers_of(const InventedNetworks& law, std::uint64_t seed) {
  const auto measured = draw_dimensions(law, seed);
  return dimension_sweep_numbers(assess_dimension(truth_of(law), measured, {}), measured);
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(DimensionSweepNumbers, AreTheLimitAndEachWidthOfBothQuantities) {
  const InventedNetworks law;
  const auto numbers = numbers_of(law, 1);
  ASSERT_THAT(numbers, SizeIs(2 * (1 + law.widths.size())));
  EXPECT_EQ(numbers[0].quantity->name, "dimensionality");
  EXPECT_EQ(numbers[0].width, 0);
  EXPECT_EQ(numbers[1].width, 256);
  EXPECT_EQ(numbers[6].quantity->name, "correlation strength");
  for (const SweepNumber& number : numbers) {
    EXPECT_THAT(number.draws, SizeIs(50));
    EXPECT_NEAR(mean_of(number.draws), number.value, rounding_of_sums * std::abs(number.value));
    EXPECT_LT(number.low, number.value);
    EXPECT_GT(number.high, number.value);
  }
  EXPECT_EQ(numbers[0].predicted, law.dimensionalities.back());
}

// Their spread over networks is what the delta method gives of the mean of 1/D̃.
TEST(DimensionSweepNumbers, DrawsSpreadAsTheDeltaMethodSays) {
  const InventedNetworks law;
  const auto measured = draw_dimensions(law, 2);
  const auto assessment = assess_dimension(truth_of(law), measured, {});
  const auto numbers = dimension_sweep_numbers(assessment, measured);
  const std::vector<double>& draws = numbers[1].draws;
  double squares = 0.0;
  for (const double draw : draws) squares += std::pow(draw - mean_of(draws), 2);
  EXPECT_NEAR(std::sqrt(squares / (50.0 * 49.0)),
              assessment.widths[law.depth() - 1].dimensionality.standard_error, rounding_of_sums);
}

TEST(DimensionSweepNumbers, BearClaimsBetweenPoints) {
  InventedNetworks law;
  InventedNetworks lower = law;
  for (double& d : lower.dimensionalities) d *= 0.8;
  SweepResult sweep;
  sweep.keys = {"network.synapses.learning"};
  sweep.points = {{.values = {"none"}, .numbers = numbers_of(law, 3)},
                  {.values = {"hebb"}, .numbers = numbers_of(lower, 4)}};
  for (const std::int64_t width : {0, 1024}) {
    SweepClaim claim{.kind = SweepClaim::Kind::ratio,
                     .statement = "Learning lowers the dimensionality.",
                     .quantity = "dimensionality",
                     .width = width,
                     .at = {{"network.synapses.learning", "hebb"}},
                     .over = {{"network.synapses.learning", "none"}},
                     .low = {},
                     .high = 0.9,
                     .value = {}};
    EXPECT_NO_THROW(check({claim}, sweep));
    EXPECT_EQ(sweep_claims(sweep, {claim}, 0.01).front().outcome, Outcome::agree) << width;
    claim.low = 1.0;
    claim.high.reset();
    EXPECT_EQ(sweep_claims(sweep, {claim}, 0.01).front().outcome, Outcome::disagree) << width;
  }
}

TEST(DimensionSweepNumbers, ArePlannedWithWhatIsMeasured) {
  const InventedNetworks law;
  const auto planned = planned_dimension_numbers(law.widths, false);
  const auto measured = numbers_of(law, 5);
  ASSERT_EQ(planned.size(), measured.size());
  for (std::size_t i = 0; i < planned.size(); ++i) {
    EXPECT_EQ(planned[i].quantity, measured[i].quantity);
    EXPECT_EQ(planned[i].width, measured[i].width);
    EXPECT_THAT(planned[i].draws, IsEmpty());
  }
  EXPECT_THAT(planned_dimension_numbers({512}, true), SizeIs(1));
}

TEST(DimensionSweepNumbers, ArePredictedBeforeTheyAreMeasured) {
  const InventedNetworks law;
  const auto predicted = predicted_dimension_numbers(truth_of(law), false);
  ASSERT_THAT(predicted, SizeIs(2));
  EXPECT_EQ(predicted[0].predicted, law.dimensionalities.back());
  EXPECT_TRUE(std::isnan(predicted[0].value));
  EXPECT_THAT(predicted_dimension_numbers(truth_of(law), true), SizeIs(1));
}

TEST(DimensionSweepNumbers, HaveNoDrawsWhereANumberIsNotFinite) {
  const InventedNetworks law;
  auto measured = draw_dimensions(law, 6);
  measured[0].inverse_dimensionality(2, 7) = std::numeric_limits<double>::quiet_NaN();
  const auto numbers =
      dimension_sweep_numbers(assess_dimension(truth_of(law), measured, {}), measured);
  ASSERT_EQ(numbers.front().width, 256);  // nothing was fitted: no limit
  EXPECT_TRUE(std::isnan(numbers.front().value));
  EXPECT_THAT(numbers.front().draws, IsEmpty());
  EXPECT_TRUE(std::isfinite(numbers[1].value));
}

TEST(DimensionSweepNumbers, HaveNoLimitWithoutASeries) {
  InventedNetworks law;
  law.power = 0.1;
  law.first = 3.0;
  law.spread = 0.2;
  const auto numbers = numbers_of(law, 7);
  EXPECT_EQ(numbers.front().width, 0);
  EXPECT_TRUE(std::isnan(numbers.front().value));
  EXPECT_THAT(numbers.front().draws, IsEmpty());
}

}  // namespace
}  // namespace wideproof::compare
