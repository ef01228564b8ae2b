// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/dimension_fixed_point.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::Network;
using testing::Optional;

Network network_to_the_end(double gain, Activation activation, double bias_variance = 0,
                           std::int64_t depth = 1) {
  return Network({.depth = depth,
                  .activation = activation,
                  .weight_variance = gain * gain,
                  .bias_variance = bias_variance});
}

model::DimensionFixedPoint fixed_point(const Network& spec, const model::Synapses& synapses) {
  return dimension_fixed_point(DimensionRecursion(spec, synapses)).value();
}

TEST(DimensionFixedPoint, MatchesPrintedValues) {
  const double expected[] = {.1107, .0586, .0243};
  for (const int r : {0, 1, 2}) {
    const auto point = fixed_point(network_to_the_end(1.5, Activation::tanh),
                                   {.correlation = static_cast<double>(r)});
    EXPECT_NEAR(point.variance.value(), .3526, printed(4));
    EXPECT_NEAR(point.eta, .9430, printed(4));
    EXPECT_NEAR(point.dimensionality.value(), expected[r], printed(4));
  }
}

// Slopes of the map at its fixed points are below 0.9 here, so that 300 layers leave 1e-14.
TEST(DimensionFixedPoint, IsWhereTheLayersGo) {
  for (const auto activation : {Activation::tanh, Activation::erf}) {
    for (const double bias : {0.0, 0.01, 0.2}) {
      for (const double gain : {2.0, 100.0}) {
        const model::Synapses synapses{.correlation = 0.7};
        const auto deep = network_to_the_end(gain, activation, bias, 300);
        const auto point = fixed_point(deep, synapses);
        const auto last = predict_dimension(deep, synapses).layers.back();
        EXPECT_NEAR(point.variance.value(), last.moments.variance, 1e-11);
        EXPECT_NEAR(point.eta, last.eta, 1e-11);
        EXPECT_NEAR(point.dimensionality.value(), last.dimensionality, 1e-10)
            << name_of(activation) << " " << bias << " " << gain;
      }
    }
  }
}

TEST(DimensionFixedPoint, IsWhereLayersBehindAFilterGo) {
  for (const double bias : {0.0, 0.2}) {
    for (const auto across : {model::SynapseSide::receiving, model::SynapseSide::sending}) {
      const Network deep({.depth = 300,
                          .activation = Activation::tanh,
                          .weight_variance = 4,
                          .bias_variance = bias,
                          .presynaptic = model::LateralFilter::box(5)});
      const model::Synapses synapses{.correlation = 0.7, .across = across};
      EXPECT_NEAR(fixed_point(deep, synapses).dimensionality.value(),
                  predict_dimension(deep, synapses).layers.back().dimensionality, 1e-10);
    }
  }
}

TEST(DimensionFixedPoint, IsZeroWhereInputsDrawTogether) {
  for (const auto& [gain, bias] : {std::pair{0.5, 0.0}, {1.0, 0.0}, {0.9, 0.3}, {1.5, 50.0}}) {
    const auto point =
        fixed_point(network_to_the_end(gain, Activation::tanh, bias), {.correlation = 1});
    EXPECT_THAT(point.variance, Optional(0.0));
    EXPECT_EQ(point.eta, 1);
    EXPECT_THAT(point.dimensionality, Optional(0.0));
  }
}

TEST(DimensionFixedPoint, OfOrthogonalSynapsesIsOneOrThatOfTheInputs) {
  const model::Synapses orthogonal{.law = model::SynapseLaw::orthogonal};
  EXPECT_NEAR(
      fixed_point(network_to_the_end(1.5, Activation::tanh), orthogonal).dimensionality.value(), 1,
      1e-13);
  EXPECT_EQ(fixed_point(network_to_the_end(0.5, Activation::tanh), orthogonal).dimensionality,
            std::nullopt);
  EXPECT_EQ(fixed_point(network_to_the_end(0.5, Activation::linear), orthogonal).dimensionality,
            std::nullopt);
}

TEST(DimensionFixedPoint, OfLinearNetworksHasNoDimensions) {
  const auto still = fixed_point(network_to_the_end(1, Activation::linear), {});
  EXPECT_EQ(still.variance, std::nullopt);
  EXPECT_THAT(still.dimensionality, Optional(0.0));
  EXPECT_THAT(fixed_point(network_to_the_end(0.9, Activation::linear), {}).variance, Optional(0.0));
}

TEST(DimensionFixedPoint, OfStrongerCorrelationsThanTheScalingIsZero) {
  const model::Synapses strong{.correlation = 1, .exponent = 0.3};
  EXPECT_THAT(fixed_point(network_to_the_end(1.5, Activation::tanh), strong).dimensionality,
              Optional(0.0));
}

// K* of tanh near g = 1 is (g² − 1)/2 to first order.
TEST(DimensionFixedPoint, IsFoundNearItsBirth) {
  const double excess = 1e-6;
  const auto point = fixed_point(network_to_the_end(std::sqrt(1 + excess), Activation::tanh), {});
  EXPECT_NEAR(point.variance.value(), excess / 2, 1e-11);
}

TEST(DimensionFixedPoint, IsThatOfOddNeuronsAlone) {
  const Network rectifiers({.activation = Activation::relu, .weight_variance = 2});
  EXPECT_EQ(dimension_fixed_point(DimensionRecursion(rectifiers, {})), std::nullopt);
}

}  // namespace
}  // namespace wideproof::theory
