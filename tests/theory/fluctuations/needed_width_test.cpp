// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/needed_width.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

/// `layers` layers of `inputs` inputs, each pair with this variance and bias.
model::Fluctuation uniform_fluctuation(std::size_t layers, Eigen::Index inputs, double variance,
                                       double bias) {
  model::LayerFluctuation layer;
  layer.correlation_variance = Eigen::MatrixXd::Constant(inputs, inputs, variance);
  layer.correlation_variance.diagonal().setZero();
  layer.correlation_bias = Eigen::MatrixXd::Constant(inputs, inputs, bias);
  model::Fluctuation fluctuation;
  fluctuation.layers.assign(layers, layer);
  return fluctuation;
}

constexpr double two_sided_95 = 1.959963984540054;

TEST(NeededWidth, OfOnePairIsTheTextbooks) {
  const auto needed = needed_width(uniform_fluctuation(1, 2, 4.0, 0.0), .1, .95);
  ASSERT_TRUE(needed);
  const double exact = std::pow(two_sided_95 * 2 / .1, 2);
  EXPECT_EQ(needed->width, static_cast<std::int64_t>(std::ceil(exact)));
  EXPECT_EQ(needed->layer, 1);
  EXPECT_EQ(needed->a, 0);
  EXPECT_EQ(needed->b, 1);
  EXPECT_TRUE(needed->includes_bias);
}

TEST(NeededWidth, PaysForTheBias) {
  // (margin − β/n) √n = z √v: a quadratic in √n.
  const double margin = .1, beta = 5;
  const double spread = two_sided_95 * 2;
  const double root = (spread + std::sqrt(spread * spread + 4 * margin * beta)) / (2 * margin);
  for (const double sign : {-1.0, 1.0}) {
    const auto needed = needed_width(uniform_fluctuation(1, 2, 4.0, sign * beta), margin, .95);
    EXPECT_EQ(needed->width, static_cast<std::int64_t>(std::ceil(root * root)));
  }
}

TEST(NeededWidth, HoldsForAllPairsAndLayersAtOnce) {
  // Three pairs at two layers: each must hold with probability 0.95^{1/6}.
  const auto needed = needed_width(uniform_fluctuation(2, 3, 4.0, 0.0), .1, std::pow(.95, 6));
  EXPECT_EQ(needed->width, needed_width(uniform_fluctuation(1, 2, 4.0, 0.0), .1, .95)->width);
}

TEST(NeededWidth, NamesTheBindingPair) {
  auto fluctuation = uniform_fluctuation(3, 4, 1.0, 0.0);
  fluctuation.layers[1].correlation_variance(2, 3) = 9;
  const auto needed = needed_width(fluctuation, .05, .99);
  EXPECT_EQ(needed->layer, 2);
  EXPECT_EQ(needed->a, 2);
  EXPECT_EQ(needed->b, 3);
}

TEST(NeededWidth, OfEqualInputsIsOneNeuron) {
  EXPECT_EQ(needed_width(uniform_fluctuation(1, 2, 0.0, 0.0), .1, .95)->width, 1);
}

TEST(NeededWidth, SaysThatAMissingBiasIsMissing) {
  auto fluctuation = uniform_fluctuation(1, 2, 4.0, 0.0);
  fluctuation.layers[0].correlation_bias.resize(0, 0);
  fluctuation.bias_not_derived = "because";
  EXPECT_FALSE(needed_width(fluctuation, .1, .95)->includes_bias);
}

TEST(NeededWidth, FollowsFromAPrediction) {
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, .5, .5, 1;
  const model::Network network({});
  const auto fluctuation = predict_fluctuation(network, predict(network, cosines));
  const auto loose = needed_width(fluctuation, .1, .95);
  const auto tight = needed_width(fluctuation, .01, .95);
  ASSERT_TRUE(loose && tight);
  EXPECT_NEAR(static_cast<double>(tight->width) / static_cast<double>(loose->width), 100, 15);
}

TEST(NeededWidth, IsNoneWithoutPairsOrDerivation) {
  EXPECT_FALSE(needed_width(model::Fluctuation(), .1, .95));
  EXPECT_FALSE(needed_width(uniform_fluctuation(2, 1, 4.0, 0.0), .1, .95));
}

TEST(NeededWidth, RefusesMarginsAndConfidencesOutOfRange) {
  const auto fluctuation = uniform_fluctuation(1, 2, 4.0, 0.0);
  for (const double margin : {0.0, -1.0, HUGE_VAL, std::nan(""), 1e-10}) {
    EXPECT_THROW(needed_width(fluctuation, margin, .95), model::InputError) << margin;
  }
  for (const double confidence : {0.0, 1.0, std::nan("")}) {
    EXPECT_THROW(needed_width(fluctuation, .1, confidence), model::InputError) << confidence;
  }
}

}  // namespace
}  // namespace wideproof::theory
