// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/correlation_map.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;

ThresholdedReluKernel kernel_at(double f) {
  return ThresholdedReluKernel::from_active_fraction(f);
}

CorrelationMap map_at(double f, double degree) {
  return {kernel_at(f), LateralSum(LateralFilter::uniform(degree), {})};
}

void expect_iterates(const CorrelationMap& map, double c, const std::vector<double>& expected,
                     int decimals) {
  for (const double value : expected) {
    c = map(c);
    EXPECT_NEAR(c, value, printed(decimals));
  }
}

TEST(CorrelationMap, MatchesPrintedIterates) {
  expect_iterates(map_at(.07, 15), .5, {.54141005, .56333294, .57575736, .58306108, .58744532}, 8);
}

TEST(CorrelationMap, MatchesTheTheoryOfThePublishedMonteCarlo) {
  const LateralFilter none;
  const auto box = [](int taps) { return LateralFilter::box(taps); };
  expect_iterates({kernel_at(.2), LateralSum(box(5), none)}, .2, {.462, .578, .645}, 3);
  expect_iterates({kernel_at(.07), LateralSum(box(21), none)}, .2, {.495, .590, .637}, 3);
  expect_iterates({kernel_at(.2), LateralSum(box(5), box(3))}, .2, {.336, .411, .459}, 3);
}

// Its layers, of norm 1, by a kernel of their own.
TEST(CorrelationMap, OfNonNegativeProjectionsIsThatOfTheirLayers) {
  model::Network::Options options{.depth = 3,
                                  .activation = model::Activation::sparse_projection,
                                  .sparseness = .6,
                                  .is_signed = false,
                                  .presynaptic = LateralFilter::box(5)};
  const auto map = correlation_map(model::Network(options));
  ASSERT_TRUE(map);
  const auto prediction = predict(model::Network(options), Eigen::Matrix2d{{1.0, .5}, {.5, 1.0}});
  EXPECT_NEAR((*map)(.5), prediction.layers[1].preactivation(0, 1), 1e-13);
  EXPECT_NEAR((*map)((*map)(.5)), prediction.layers[2].preactivation(0, 1), 1e-13);
  options.is_signed = true;
  EXPECT_FALSE(correlation_map(model::Network(options)));
}

TEST(CorrelationMap, HasPrintedFixedPoints) {
  EXPECT_NEAR(map_at(.45, 0).fixed_point(), .919, printed(3));
  EXPECT_NEAR(map_at(.3, 0).fixed_point(), .442, printed(3));
  EXPECT_NEAR(map_at(.2, 0).fixed_point(), .219, printed(3));
  EXPECT_NEAR(map_at(.1, 0).fixed_point(), .080, printed(3));
  EXPECT_NEAR(map_at(.03, 0).fixed_point(), .019, printed(3));
}

TEST(CorrelationMap, HasPrintedOptimalDegrees) {
  EXPECT_NEAR(optimal_degree_of_correlation(kernel_at(.4)), .889, printed(3));
  EXPECT_NEAR(optimal_degree_of_correlation(kernel_at(.3)), 2.755, printed(3));
  EXPECT_NEAR(optimal_degree_of_correlation(kernel_at(.2)), 7.539, printed(3));
  EXPECT_NEAR(optimal_degree_of_correlation(kernel_at(.1)), 27.07, printed(2));
  EXPECT_NEAR(optimal_degree_of_correlation(kernel_at(.05)), 78.73, printed(2));
  EXPECT_NEAR(optimal_degree_of_correlation(kernel_at(.02)), 279.7, printed(1));
}

TEST(CorrelationMap, HasUnitSlopeAtTheOptimalDegree) {
  for (const double f : {.01, .1, .3, .5, .7}) {
    const auto kernel = kernel_at(f);
    const double degree = optimal_degree_of_correlation(kernel);
    EXPECT_NEAR(degree, (f - kernel.at_one()) / kernel.at_zero(), 1e-10 * (1 + std::abs(degree)));
    EXPECT_NEAR(map_at(f, degree).slope_at_one(), 1, 1e-12);
    const double biased = optimal_degree_of_correlation(kernel, 0.1);
    EXPECT_NEAR(
        CorrelationMap(kernel, LateralSum(LateralFilter::uniform(biased), {}), 0.1).slope_at_one(),
        1, 1e-12);
  }
}

TEST(CorrelationMap, SlopeIsThatOfTheMap) {
  const auto kernel = kernel_at(.2);
  EXPECT_NEAR(map_at(.2, 4).slope_at_one(), .2 / (kernel.at_one() + 4 * kernel.at_zero()), 1e-14);
  const CorrelationMap general(kernel, LateralSum(LateralFilter::box(5), LateralFilter::box(3)));
  // deficit(δ)/δ = χ − O(√δ), the coefficient being below 1 here.
  EXPECT_NEAR(general.deficit(1e-16) / 1e-16, general.slope_at_one(), 1e-8);
}

TEST(CorrelationMap, DeficitIsOneMinusTheMap) {
  const auto hat = LateralFilter(
      "filter", {.kind = LateralFilter::Kind::mexican_hat, .scale = 2, .surround_scale = 4});
  for (const auto& receivers : {LateralFilter(), LateralFilter::box(7), hat}) {
    for (const double f : {.01, .3, .9}) {
      const LateralSum sum(LateralFilter::box(5), receivers);
      const CorrelationMap map(kernel_at(f), sum, 0.05);
      const double gain = 1 / sum(kernel_at(f), 1.0);
      for (const double delta : {1e-6, 1e-3, 0.1, 0.4, 0.6, 1.0, 1.7, 2.0}) {
        EXPECT_NEAR(map.deficit(delta), 1 - map(1 - delta),
                    20 * gain * ThresholdedReluKernel::accuracy)
            << f << " " << delta;
      }
    }
  }
}

TEST(CorrelationMap, FixedPointIsFixedAndAttracts) {
  for (const double f : {.01, .1, .3, .45, .499}) {
    const double optimum = optimal_degree_of_correlation(kernel_at(f));
    for (const double share : {0.0, 0.5, 0.9, 0.999}) {
      const auto map = map_at(f, share * optimum);
      const double c = map.fixed_point();
      ASSERT_LT(c, 1);
      EXPECT_NEAR(map(c), c, 1e-10);
      EXPECT_GT(map(c - 1e-3), c - 1e-3);
      const double above = c + 0.5 * (1 - c);
      EXPECT_GT(map.deficit(1 - above), 1 - above);
    }
    EXPECT_EQ(map_at(f, optimum + 0.5).fixed_point(), 1);
  }
}

TEST(CorrelationMap, FixedPointApproachesOneQuadraticallyAtCriticality) {
  // (χ−1) = C√(1−c*) to leading order, C = 2g/(3f√π) from the (1−c)^{3/2} term.
  const double f = 0.2;
  const auto kernel = kernel_at(f);
  const double optimum = optimal_degree_of_correlation(kernel);
  const double c32 = 2 * normal_density(kernel.tau()) * std::numbers::inv_sqrtpi / (3 * f);
  for (const double closeness : {1e-3, 1e-4, 1e-5}) {
    const auto map = map_at(f, optimum * (1 - closeness));
    const double expected = std::pow((map.slope_at_one() - 1) / c32, 2);
    const double deficit = 1 - map.fixed_point();
    EXPECT_GT(deficit, 0);
    // The next order is relatively √(1−c*), and 1 − c* carries the rounding of c*.
    EXPECT_NEAR(deficit / expected, 1, 10 * std::sqrt(expected) + 1e-15 / expected);
  }
}

TEST(CorrelationMap, DecaysAlgebraicallyAtTheOptimalDegree) {
  // 1 − c_l ≈ 9πf²/(g²l²): one layer adds g/(3f√π) to 1/√(1−c).
  for (const double f : {.05, .2, .4}) {
    const auto kernel = kernel_at(f);
    const double g = normal_density(kernel.tau());
    const double rate = g * std::numbers::inv_sqrtpi / (3 * f);
    const auto map = map_at(f, optimal_degree_of_correlation(kernel));
    for (const double delta : {1e-6, 1e-8, 1e-10}) {
      const double growth = 1 / std::sqrt(map.deficit(delta)) - 1 / std::sqrt(delta);
      // The map's next term is of order δ², which changes the growth relatively by O(√δ).
      EXPECT_NEAR(growth / rate, 1, 10 * std::sqrt(delta) + 1e-15 / (rate * delta)) << f;
    }
    const int layers = 100000;
    double delta = 0.5;
    for (int l = 0; l < layers; ++l) delta = map.deficit(delta);
    const double law =
        9 * std::numbers::pi * f * f / (g * g * static_cast<double>(layers) * layers);
    // Summed O(√δ) corrections of the growth give O(log l)/l, and 1/√(1−c₀) one of O(1)/l.
    EXPECT_NEAR(delta / law, 1, 20 * std::log(layers) / (rate * layers)) << f;
  }
}

TEST(CorrelationMap, RefusesNetworksWithoutOne) {
  EXPECT_THROW(CorrelationMap(model::Network({.activation = model::Activation::tanh})),
               model::InputError);
  EXPECT_THROW(CorrelationMap(model::Network({.weight_variance = 2.0, .bias_variance = 0.1})),
               model::InputError);
}

TEST(CorrelationMap, IsThereForTheNetworksThatHaveOne) {
  const auto map = correlation_map(model::Network({.active_fraction = .3}));
  ASSERT_TRUE(map.has_value());
  EXPECT_NEAR(map->fixed_point(), .442, printed(3));
  EXPECT_TRUE(correlation_map(model::Network({.weight_variance = 2.0})).has_value());
  EXPECT_FALSE(correlation_map(model::Network({.activation = model::Activation::tanh})));
  EXPECT_FALSE(correlation_map(model::Network({.weight_variance = 2.0, .bias_variance = .1})));
}

TEST(CorrelationMap, CriticalDegreeExistsForRectifiersWithIndependentReceivers) {
  using model::Activation;
  const auto degree = [](const model::Network::Options& o) {
    return critical_degree_of_correlation(model::Network(o));
  };
  EXPECT_NEAR(degree({.active_fraction = .3}).value(), 2.755, printed(3));
  EXPECT_NEAR(degree({.active_fraction = .3, .weight_variance = 2.0}).value(), 2.755, printed(3));
  EXPECT_EQ(degree({.activation = Activation::relu}), 0.0);
  EXPECT_LT(degree({.active_fraction = .7}).value(), 0);
  EXPECT_TRUE(degree({.bias_variance = .1}).has_value());
  EXPECT_TRUE(degree({.postsynaptic = LateralFilter::uniform(2)}).has_value());
  EXPECT_FALSE(degree({.postsynaptic = LateralFilter::box(2)}).has_value());
  EXPECT_FALSE(degree({.weight_variance = 2.0, .bias_variance = .1}).has_value());
  EXPECT_FALSE(degree({.activation = Activation::thresholded_step}).has_value());
  EXPECT_FALSE(degree({.active_fraction = .9, .bias_variance = .9}).has_value());
}

}  // namespace
}  // namespace wideproof::theory
