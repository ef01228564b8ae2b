// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/norm_estimate.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;

/// Four inputs at two widths, one network's norm of 1 + 3/n with a spread of 1/√n an entry.
Invented four_inputs(double common) {
  Invented invented;
  invented.layers = 2;
  invented.limit = testing::equicorrelated(4, 0.5);
  invented.widths = {100, 200};
  invented.first = 3.0;
  invented.common = common;
  return invented;
}

/// Of a mean of four inputs over 100 networks of this width, `common` the part that they share.
double error_at(double width, double common) {
  return std::sqrt((common + (1.0 - common) / 4.0) / (width * 100.0));
}

TEST(NormEstimate, IsKnownAsWellAsOneNetworksInputsVaryApart) {
  for (const double common : {0.0, 0.25, 0.9}) {
    const auto sample = testing::exact(four_inputs(common));
    const NormEstimate norm = norm_at(sample.series, 1, 1);
    EXPECT_NEAR(norm.value, 1.0 + 3.0 / 200.0, 1e-12);
    EXPECT_NEAR(norm.standard_error, error_at(200.0, common), 1e-9) << common;
    EXPECT_EQ(norm.degrees_of_freedom, 99.0);
  }
}

TEST(NormEstimate, GoesToTheLimitThatALineThroughTwoWidthsHas) {
  constexpr double common = 0.25;
  const auto sample = testing::exact(four_inputs(common));
  const NormEstimate norm = norm_limit(sample.series, 0, 1, 0.001);
  EXPECT_NEAR(norm.value, 1.0, 1e-10);
  // 2 y(200) − y(100), each with the rounding of 0.001 beside its error.
  const auto variance = [](double width) {
    return std::pow(error_at(width, common), 2) + 0.001 * 0.001;
  };
  EXPECT_NEAR(norm.standard_error, std::sqrt(4.0 * variance(200.0) + variance(100.0)), 1e-9);
  EXPECT_GT(norm.degrees_of_freedom, 99.0);
}

TEST(NormEstimate, TakesTheReducedNormsWhereThereAreAnyAndTheNetworksOwnWhenAsked) {
  auto sample = testing::exact(four_inputs(0.5));
  model::WidthSeries& at = sample.series.widths[0];
  at.reduced = at.means.array() + 0.5;
  EXPECT_NEAR(norm_at(sample.series, 0, 0).value, 1.5 + 3.0 / 100.0, 1e-12);
  EXPECT_NEAR(own_norm_at(sample.series, 0, 0).value, 1.0 + 3.0 / 100.0, 1e-12);
}

TEST(NormEstimate, IsNoNumberWhereANetworkOverflowed) {
  auto sample = testing::exact(four_inputs(0.5));
  sample.series.widths[0].means(3, 0) = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isnan(norm_at(sample.series, 0, 0).value));
  EXPECT_TRUE(std::isnan(norm_limit(sample.series, 0, 1, 0.0).value));
  EXPECT_FALSE(std::isnan(norm_at(sample.series, 1, 0).value));
}

TEST(Assessment, HasTheNormsOfItsBestEstimates) {
  const Invented invented = four_inputs(0.25);
  const auto sample = testing::exact(invented);
  const Assessment limits = assess(testing::truth(invented), sample, {});
  ASSERT_EQ(limits.norms.size(), 2u);
  EXPECT_NEAR(limits.norms[1].value, 1.0, 1e-10);
  Invented one_width = invented;
  one_width.widths = {200};
  const Assessment at_width = assess(testing::truth(one_width), testing::exact(one_width), {});
  EXPECT_NEAR(at_width.norms.at(1).value, 1.0 + 3.0 / 200.0, 1e-12);
}

}  // namespace
}  // namespace wideproof::compare
