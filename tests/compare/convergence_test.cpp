// SPDX-License-Identifier: MIT
#include <wideproof/compare/convergence.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;

LayerConvergence converged(const Invented& invented) {
  const auto series = series_by_layer(testing::exact(invented), 1, invented.limit.rows());
  return convergence(series[0], testing::truth(invented)[0]);
}

TEST(Exponent, MatchesTheSlopeByHand) {
  // log n = 0, 1, 2 and log y = 0, −1, −1: slope −1/2, residuals 1/6, −1/3, 1/6, χ² = (1/6)/0.01
  // with one spare point, so the half-width is 1.96·√(0.01/2·(1/6)/0.01).
  const auto fit =
      fit_exponent({1.0, std::exp(1.0), std::exp(2.0)}, {0.0, -1.0, -1.0}, {0.1, 0.1, 0.1});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->value, -0.5, 1e-12);
  EXPECT_NEAR(fit->high - fit->value, 1.959964 * std::sqrt(1.0 / 12.0), 1e-6);
  EXPECT_NEAR(fit->value - fit->low, fit->high - fit->value, 1e-12);
}

TEST(Exponent, IsNotNarrowedByPointsOnALine) {
  const auto fit =
      fit_exponent({1.0, std::exp(1.0), std::exp(2.0)}, {0.0, -1.0, -2.0}, {0.1, 0.1, 0.1});
  EXPECT_NEAR(fit->high - fit->value, 1.959964 * 0.1 / std::sqrt(2.0), 1e-6);
}

TEST(Exponent, NeedsTwoFinitePointsWithErrors) {
  EXPECT_FALSE(fit_exponent({10.0}, {0.0}, {0.1}));
  EXPECT_FALSE(fit_exponent({10.0, 20.0}, {0.0, std::log(0.0)}, {0.1, 0.1}));
  EXPECT_FALSE(fit_exponent({10.0, 20.0}, {0.0, 0.1}, {0.1, 0.0}));
}

TEST(Convergence, FindsTheFluctuationExponent) {
  Invented invented;
  invented.limit = testing::equicorrelated(3, 0.5);
  const LayerConvergence result = converged(invented);
  EXPECT_NEAR(result.fluctuation->value, -0.5, 1e-12);
  EXPECT_LT(result.fluctuation->low, -0.5);
  EXPECT_GT(result.fluctuation->high, -0.5);
}

TEST(Convergence, FindsABiasThatRisesAboveTheNoise) {
  Invented invented;
  invented.first = 20.0;
  invented.spread = 0.01;
  const LayerConvergence result = converged(invented);
  ASSERT_TRUE(result.bias);
  EXPECT_NEAR(result.bias->value, -1.0, 1e-3);  // the noise that is taken off is ≤ 1e-3 of bias²
}

TEST(Convergence, KeepsSilentOnABiasBelowTheNoise) {
  Invented invented;
  invented.first = 0.1;
  const LayerConvergence result = converged(invented);
  EXPECT_TRUE(result.fluctuation);
  EXPECT_FALSE(result.bias);
}

TEST(Convergence, ShowsAWrongPredictionAsABiasThatStays) {
  Invented invented;
  invented.spread = 0.01;
  auto predicted = testing::truth(invented);
  predicted[0].gram(0, 0) = 1.05;
  const auto series = series_by_layer(testing::exact(invented), 1, 1);
  EXPECT_NEAR(convergence(series[0], predicted[0]).bias->value, 0.0, 1e-3);
}

TEST(Convergence, HasNoExponentAtOneWidthOrWithoutSpread) {
  Invented invented;
  invented.widths = {100};
  EXPECT_FALSE(converged(invented).fluctuation);
  invented.widths = {100, 200, 400};
  invented.spread = 0.0;
  EXPECT_FALSE(converged(invented).fluctuation);
}

TEST(Convergence, ScalesTheRelativeVariance) {
  Invented invented;
  invented.limit = (Eigen::MatrixXd(2, 2) << 1, 0.6, 0.6, 4).finished();
  invented.spread = 3.0;
  const auto measurement = testing::exact(invented);
  const Eigen::MatrixXd scaled = relative_variance_times_width(measurement[1]);
  EXPECT_NEAR(scaled(0, 1), 9.0, 1e-12);
  EXPECT_NEAR(scaled(1, 1), 9.0, 1e-12);
}

}  // namespace
}  // namespace wideproof::compare
