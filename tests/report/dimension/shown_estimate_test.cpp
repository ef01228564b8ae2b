// SPDX-License-Identifier: MIT
#include <cmath>
#include <functional>
#include <optional>

#include <gmock/gmock.h>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/report/dimension/tables.hpp>
#include <wideproof/report/dimension/traces.hpp>
#include <wideproof/report/dimension/words.hpp>

namespace wideproof::report {
namespace {

/// Twelve networks at each of five widths whose 1/D̃ and NΣ are `law` of the width to 0.1%.
compare::DimensionAssessment measured(const std::function<double(double)>& law) {
  constexpr Eigen::Index networks = 12;
  model::DimensionMeasurement measurement;
  for (const int width : {100, 200, 400, 800, 1600}) {
    Eigen::MatrixXd inverse(networks, 1), strength(networks, 1);
    for (Eigen::Index k = 0; k < networks; ++k) {
      inverse(k, 0) = law(width) * (1.0 + (k % 2 == 0 ? 1e-3 : -1e-3));
      strength(k, 0) = law(width) * (1.0 + (k % 3 == 0 ? 1e-3 : -5e-4));
    }
    measurement.push_back({width, inverse, strength});
  }
  return compare::assess_dimension(std::nullopt, measurement, {});
}

TEST(ShownEstimate, IsTheLimitOfMeansThatFollowASeries) {
  const auto assessment = measured([](double width) { return 3.0 + 10.0 / width; });
  const auto* shown = shown_estimate(assessment, compare::DimensionQuantity::dimensionality, 0);
  ASSERT_NE(shown, nullptr);
  EXPECT_NEAR(shown->value, 3.0, 0.01);
  EXPECT_FALSE(dimension_traces(assessment).front().dot_y.empty());
}

// Correlations that vanish too slowly: 1/D̃ grows as a power of the width that is in no series.
TEST(ShownEstimate, IsNoneWhereMeansFollowNoSeries) {
  const auto assessment = measured([](double width) { return std::pow(width, 0.6); });
  EXPECT_EQ(shown_estimate(assessment, compare::DimensionQuantity::dimensionality, 0), nullptr);
  EXPECT_TRUE(dimension_traces(assessment).front().dot_y.empty());
  EXPECT_THAT(terminal_table(assessment, false), ::testing::ContainsRegex(" 1 +– +– +[0-9.]+ ± "));
}

}  // namespace
}  // namespace wideproof::report
