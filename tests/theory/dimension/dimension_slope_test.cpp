// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <optional>

#include <gtest/gtest.h>
#include <wideproof/theory/dimension/dimension_recursion.hpp>
#include <wideproof/theory/dimension/gaussian_closure.hpp>

#include "drawn_weights.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::SynapseSide;

constexpr double gain = 1.5;

struct Case {
  double r;  ///< of the synapses
  SynapseSide across = SynapseSide::receiving;
  double strength = 0;  ///< NΣ of the inputs, in one eigenvalue
};

struct Estimate {
  double value;
  double error;
};

/// Inputs of K = 1 with the covariance c = √(S/N) between any two units.
GaussianEnsemble inputs_of(const Case& test, Eigen::Index width) {
  auto inputs = GaussianEnsemble::white(width);
  const double c = std::sqrt(test.strength / static_cast<double>(width));
  inputs.covariance = (1 - c) * inputs.covariance + Eigen::MatrixXd::Constant(width, width, c);
  return inputs;
}

/// Mean of 1/D̃ of one layer of N units over networks.
Estimate measured(const Case& test, Eigen::Index width, int networks, std::uint64_t seed) {
  DrawnWeights draw(seed);
  const auto inputs = inputs_of(test, width);
  const double rho = test.r / std::sqrt(static_cast<double>(width));
  double sum = 0;
  double squares = 0;
  for (int k = 0; k < networks; ++k) {
    const auto weights = draw.correlated(width, gain, rho, test.across == SynapseSide::sending);
    const auto outputs =
        GaussianClosure(Activation::tanh)(weights, inputs, Eigen::VectorXd::Zero(width));
    const double inverse = 1 / linear_dimensionality(outputs.covariance);
    sum += inverse;
    squares += inverse * inverse;
  }
  const double mean = sum / networks;
  return {mean, std::sqrt((squares / networks - mean * mean) / (networks - 1))};
}

/// d₁ of d + d₁/√N + d₂/N from the means at N and 4N, d being known.
Estimate measured_slope(const Case& test, double limit, Eigen::Index width, int networks) {
  const auto narrow = measured(test, width, 4 * networks, 1);
  const auto wide = measured(test, 4 * width, networks, 2);
  const double root = std::sqrt(static_cast<double>(width));
  return {(4 * (wide.value - limit) - (narrow.value - limit)) * root,
          std::hypot(4 * wide.error, narrow.error) * root};
}

double predicted_slope(const Case& test, double& limit) {
  const auto layers =
      predict_dimension(
          model::Network(
              {.depth = 1, .activation = Activation::tanh, .weight_variance = gain * gain}),
          {.correlation = test.r, .across = test.across},
          {.strength = test.strength, .third = std::pow(test.strength, 1.5)})
          .layers;
  limit = 1 / layers[0].dimensionality;
  return -layers[0].dimensionality_slope.value() * limit * limit;
}

// Four standard errors are exceeded with 6e-5 a case; a quarter of the slope is allowed for the
// order N^{−3/2}, which the two widths leave in. The twin: no slope at all.
void expect_slope(const Case& test) {
  double limit = 0;
  const double expected = predicted_slope(test, limit);
  const auto slope = measured_slope(test, limit, 100, 40);
  EXPECT_NEAR(slope.value, expected, 4 * slope.error + 0.25 * std::abs(expected));
  EXPECT_GT(std::abs(slope.value), 4 * slope.error);
}

TEST(DimensionSlope, IsThatOfLayersWhoseInputsHaveALargeEigenvalue) {
  expect_slope({.r = 0, .strength = 2});
}

TEST(DimensionSlope, IsThereAtTheFirstLayerAcrossSendingUnits) {
  expect_slope({.r = 1.5, .across = SynapseSide::sending});
}

TEST(DimensionSlope, IsZeroForWhiteInputsOfIndependentOrReceivingUnits) {
  double limit = 0;
  EXPECT_EQ(predicted_slope({.r = 0}, limit), 0);
  EXPECT_EQ(predicted_slope({.r = 2}, limit), 0);
}

TEST(DimensionSlope, IsUnknownBeyondOddNeuronsAndTheScaling) {
  const auto slope = [](Activation activation, const model::Synapses& synapses) {
    const model::Network network({.depth = 2, .activation = activation, .weight_variance = 2});
    return predict_dimension(network, synapses).layers[1].dimensionality_slope;
  };
  EXPECT_EQ(slope(Activation::relu, {}), std::nullopt);
  EXPECT_EQ(slope(Activation::tanh, {.correlation = 1, .exponent = 0.6}), std::nullopt);
  EXPECT_LT(0, slope(Activation::tanh, {.correlation = 1}).value());
  EXPECT_EQ(slope(Activation::linear, {.correlation = 1}).value(), 0);
}

}  // namespace
}  // namespace wideproof::theory
