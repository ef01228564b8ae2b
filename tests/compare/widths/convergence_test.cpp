// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/convergence.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include <wideproof/compare/widths/bias_exponent.hpp>
#include "invented.hpp"

namespace wideproof::compare {
namespace {

using testing::Invented;

LayerConvergence converged(const Invented& invented, double wrong_by = 0.0) {
  auto predicted = testing::truth(invented);
  predicted[0].gram(0, 0) += wrong_by;
  return assess(predicted, testing::exact(invented), {}).convergence[0];
}

TEST(Convergence, FindsTheFluctuationExponent) {
  Invented invented;
  invented.limit = testing::equicorrelated(3, 0.5);
  invented.replicates = 20000;  // the jackknife moves the exact means by some 1e-4
  const LayerConvergence result = converged(invented);
  EXPECT_NEAR(result.fluctuation->value, -0.5, 1e-3);
  EXPECT_LT(result.fluctuation->low, -0.5);
  EXPECT_GT(result.fluctuation->high, -0.5);
}

TEST(Convergence, TakesUpTheFirstCorrectionToTheSpread) {
  // log(1 + v/n) = v/n − (v/n)²/2 …: what is left of v/n = 0.2 at n = 256 is below 0.02.
  Invented invented;
  invented.variance_first = 51.2;
  invented.replicates = 20000;
  EXPECT_NEAR(converged(invented).fluctuation->value, -0.5, 0.02);
  invented.widths = {256, 1024, 4096};  // too few to fit it
  EXPECT_LT(converged(invented).fluctuation->value, -0.52);
}

TEST(Convergence, FindsABiasThatRisesAboveTheNoise) {
  Invented invented;
  invented.first = -20.0;
  invented.spread = 0.01;
  const LayerConvergence result = converged(invented);
  ASSERT_TRUE(result.bias);
  EXPECT_NEAR(result.bias->value, -1.0, 1e-6);
  EXPECT_LT(result.bias->low, -1.0);
  EXPECT_GT(result.bias->high, -1.0);
  EXPECT_GT(result.bias->p_value, 0.99);
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
  const LayerConvergence result = converged(invented, 0.05);
  EXPECT_NEAR(result.bias->value, 0.0, 1e-3);
  EXPECT_LT(result.bias->p_value, 1e-6);
}

TEST(Convergence, HasNoExponentAtOneWidthOrWithoutSpread) {
  Invented invented;
  invented.widths = {100};
  EXPECT_FALSE(converged(invented).fluctuation);
  invented.widths = {100, 200, 400};
  invented.spread = 0.0;
  EXPECT_FALSE(converged(invented).fluctuation);
}

// Roundings of float32 are no spread, of norms of any size; what exceeds them is.
TEST(Convergence, HasNoExponentOfRoundings) {
  for (const double norm : {1.0, 1e6}) {
    Invented invented;
    invented.limit = norm * testing::equicorrelated(3, 0.5);
    invented.spread = 1e-6;
    EXPECT_FALSE(converged(invented).fluctuation) << norm;
    invented.spread = 1e-3;
    EXPECT_TRUE(converged(invented).fluctuation) << norm;
  }
}

TEST(Convergence, ScalesTheRelativeVariance) {
  Invented invented;
  invented.limit = (Eigen::MatrixXd(2, 2) << 1, 0.6, 0.6, 4).finished();
  invented.spread = 3.0;
  const auto measurement = testing::exact(invented).measurement;
  const Eigen::MatrixXd scaled = relative_variance_times_width(measurement[1]);
  EXPECT_NEAR(scaled(0, 1), 9.0, 1e-9);
  EXPECT_NEAR(scaled(1, 1), 9.0, 1e-9);
}

BiasSeries bias_of(const Eigen::VectorXd& bias, double error) {
  BiasSeries series;
  series.width = (Eigen::VectorXd(4) << 256, 512, 1024, 2048).finished();
  series.bias = bias;
  series.standard_error = Eigen::VectorXd::Constant(4, error);
  series.degrees_of_freedom = 99;
  return series;
}

TEST(BiasExponent, DoesNotTakeAParabolaForAWrongExponent) {
  // 0.01·n₀/n + 0.4·(n₀/n)²: steeper than −1 by far, yet within the prediction b/n + c/n².
  const Eigen::Vector4d x(1, 0.5, 0.25, 0.125);
  const Exponent exponent = fit_bias_exponent(bias_of(0.01 * x + 0.4 * x.cwiseAbs2(), 1e-3));
  EXPECT_LT(exponent.value, -1.5);
  EXPECT_GT(exponent.p_value, 0.99);
}

TEST(BiasExponent, HoldsASeriesOfAnotherPowerToItsOwnExponent) {
  const Eigen::Vector4d x(1, 0.5, 0.25, 0.125);
  BiasSeries root = bias_of(0.3 * x.cwiseSqrt() + 0.1 * x, 1e-3);
  EXPECT_LT(fit_bias_exponent(root).p_value, 1e-6);
  root.power = 0.5;
  const Exponent exponent = fit_bias_exponent(root);
  EXPECT_GT(exponent.p_value, 0.99);
  EXPECT_NEAR(exponent.value, -0.5, 1e-6);
}

TEST(BiasExponent, IsOfTheNumberThatRisesFarthestAboveItsNoise) {
  const Eigen::Vector4d x(1, 0.5, 0.25, 0.125);
  const BiasSeries loud = bias_of(-0.2 * x.cwiseSqrt(), 1e-3);
  EXPECT_NEAR(bias_exponent({bias_of(0.1 * x, 1e-3), loud})->value, -0.5, 1e-6);
  EXPECT_FALSE(bias_exponent({bias_of(7.9e-3 * x, 1e-3)}));
  EXPECT_FALSE(bias_exponent({}));
}

}  // namespace
}  // namespace wideproof::compare
