// SPDX-License-Identifier: MIT
// n Var of one network's Gram matrix Ĝ at one layer, against the influence functions ψ of the
// threshold rules: κ = E[ψ_aa²]/k(1)².
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <wideproof/sim/layers/lateral_convolver.hpp>

#include "false_alarm.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::ThresholdRule;

/// With fixed thresholds n Var = E[ψ²] exactly; otherwise up to a relative O(1/n), which is taken
/// to be below twice κ/n, the square of one network's own fluctuation.
double slack(ThresholdRule rule, double kappa, std::int64_t width) {
  return rule == ThresholdRule::fixed ? 0 : 2 * kappa / static_cast<double>(width);
}

struct Fluctuation {
  double active_fraction;
  double kernel_at_one;
  std::int64_t width;
  ThresholdRule rule;
  double kappa;        ///< n Var Ĝ_aa / k(1)²
  double other_kappa;  ///< another rule's, or a linear network's
};

class GramFluctuation : public ::testing::TestWithParam<Fluctuation> {};

sim::SampledLaw one_layer(double active_fraction, ThresholdRule rule) {
  return {.network =
              model::Network({.depth = 1, .active_fraction = active_fraction, .threshold = rule})};
}

TEST_P(GramFluctuation, OfTheDiagonalIsKappaOverTheWidth) {
  const auto& p = GetParam();
  const auto n = static_cast<double>(p.width);
  const auto grams =
      sampled(one_layer(p.active_fraction, p.rule), p.width, .5, 8000, 1, [](const auto& outputs) {
        return Eigen::ArrayXd::Constant(1, gram(outputs.activations[0], 0, 0));
      });
  const auto kappa = n / std::pow(p.kernel_at_one, 2) * variance_of(grams.col(0));
  EXPECT_TRUE(agrees(kappa, p.kappa, 1, p.kappa * slack(p.rule, p.kappa, p.width)));
  EXPECT_FALSE(agrees(kappa, p.other_kappa, 1, p.kappa * slack(p.rule, p.kappa, p.width)));
}

constexpr double at_three_tenths = .2001685842;  // k(1) at f = .3
constexpr double at_one_tenth = .03932727948;

INSTANTIATE_TEST_SUITE_P(
    Rules, GramFluctuation,
    ::testing::Values(
        Fluctuation{.5, .5, 1000, ThresholdRule::fixed, 5, 2},
        Fluctuation{.5, .5, 1000, ThresholdRule::std, 5, 2},
        Fluctuation{.5, .5, 1000, ThresholdRule::quantile, 5, 2},
        Fluctuation{.3, at_three_tenths, 1000, ThresholdRule::fixed, 10.378022, 9.0040373},
        Fluctuation{.3, at_three_tenths, 1000, ThresholdRule::quantile, 9.0040373, 10.378022},
        Fluctuation{.3, at_three_tenths, 1000, ThresholdRule::std, 7.8855986, 10.378022},
        Fluctuation{.1, at_one_tenth, 2000, ThresholdRule::fixed, 38.586922, 30.831666},
        Fluctuation{.1, at_one_tenth, 2000, ThresholdRule::quantile, 30.831666, 38.586922},
        Fluctuation{.1, at_one_tenth, 2000, ThresholdRule::std, 27.655622, 38.586922}),
    [](const auto& p) {
      return std::string(name_of(p.param.rule)) + "AtPercent" +
             std::to_string(std::lround(100 * p.param.active_fraction));
    });

// E[ψ²] at f = .1, c = .5, by quadrature to the printed places.
TEST(GramFluctuationOfAPair, IsThatOfItsThresholdRule) {
  constexpr std::int64_t width = 2000;
  constexpr double printed = .5e-5;
  const auto estimate = [&](ThresholdRule rule) {
    const auto grams = sampled(one_layer(.1, rule), width, .5, 10000, 1, [](const auto& outputs) {
      return Eigen::ArrayXd::Constant(1, gram(outputs.activations[0], 0, 1));
    });
    return double{width} * variance_of(grams.col(0));
  };
  const auto fixed = estimate(ThresholdRule::fixed);
  EXPECT_TRUE(agrees(fixed, .01400, 3, printed));
  EXPECT_FALSE(agrees(fixed, .01188, 3, printed));
  const auto quantile = estimate(ThresholdRule::quantile);
  const double further = .01188 * slack(ThresholdRule::quantile, 30.831666, width);
  EXPECT_TRUE(agrees(quantile, .01188, 3, printed + further));
  EXPECT_FALSE(agrees(quantile, .01400, 3, printed + further));
  const auto std = estimate(ThresholdRule::std);
  EXPECT_TRUE(agrees(std, .01193, 3, printed + further));
  EXPECT_FALSE(agrees(std, .01400, 3, printed + further));
}

// n Var of (1/n) zᵀBz = Var(φ² + 2mμφ) + 2 (Σ_{γ≠0} B²) Var(φ)², f = .1, a box of 13 taps.
TEST(GramFluctuationOfCorrelatedSenders, IsThatOfTheQuadraticForm) {
  constexpr std::int64_t width = 1000;
  constexpr double stated = .22513;
  constexpr double printed = .5e-5;
  const sim::LateralConvolver presynaptic(model::LateralFilter::box(13), width);
  const auto grams =
      sampled(one_layer(.1, ThresholdRule::fixed), width, .5, 20000, 1, [&](const auto& outputs) {
        return Eigen::ArrayXd::Constant(1,
                                        gram(presynaptic.correlate(outputs.activations[0]), 0, 0));
      });
  const auto estimate = double{width} * variance_of(grams.col(0));
  EXPECT_TRUE(agrees(estimate, stated, 1, printed));
  // Without the quadratic form's own part, Σ_{γ≠0} B² = 100/13 and Var φ = k(1) − k(0).
  const double variance = at_one_tenth - .002241376255;
  EXPECT_FALSE(agrees(estimate, stated - 2 * (100. / 13) * variance * variance, 1, printed));
}

}  // namespace
}  // namespace wideproof::testing
