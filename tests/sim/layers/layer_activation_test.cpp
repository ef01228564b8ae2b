// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/layer_activation.hpp>

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::Activation;
using model::ThresholdRule;
using testing::epsilon;
using testing::largest_difference;
using testing::some_field;

constexpr double tau_of_a_tenth = 1.2815515655446004;

LayerActivation activation(Activation kind, ThresholdRule rule, double f = .1,
                           std::vector<double> variance = {}) {
  return LayerActivation(
      {.network = model::Network({.activation = kind, .active_fraction = f, .threshold = rule}),
       .preactivation_variance = std::move(variance)});
}

LayerActivation thresholded(ThresholdRule rule, double f = .1, std::vector<double> variance = {}) {
  return activation(Activation::thresholded_relu, rule, f, std::move(variance));
}

double quantile(std::vector<double> values, double f) {
  const auto h = torch::tensor(values, torch::kFloat64).unsqueeze(0);
  return thresholded(ThresholdRule::quantile, f).threshold(h, 1).item<double>();
}

TEST(QuantileThreshold, InterpolatesAsNumPyDoes) {
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, .1), 3.7);     // position 3·.9 = 2.7
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, .3), 3.1);     // position 2.1
  EXPECT_DOUBLE_EQ(quantile({5, -1, 30, 2, 7}, .5), 5);  // position 2, the median
  EXPECT_DOUBLE_EQ(quantile({-2, 8}, .25), 5.5);         // position .75
  EXPECT_DOUBLE_EQ(quantile({3, 3, 3, 1}, .4), 3);       // ties
  EXPECT_DOUBLE_EQ(quantile({6}, .1), 6);
}

TEST(QuantileThreshold, IsLibTorchsOwnQuantile) {
  // LibTorch rounds the position (n−1)(1−f) to the tensor's type; neighbours lie less than 1 apart.
  constexpr std::int64_t n = 333;
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto h = some_field(5, n, dtype);
    for (const double f : {.01, .1, .37, .9}) {
      EXPECT_LE(largest_difference(thresholded(ThresholdRule::quantile, f).threshold(h, 1),
                                   torch::quantile(h, 1 - f, -1, /*keepdim=*/true)),
                n * epsilon(dtype));
    }
  }
}

TEST(QuantileThreshold, LeavesTheSameNumberOfNeuronsActiveForEveryInput) {
  const auto z = thresholded(ThresholdRule::quantile, .1)(some_field(20, 1000), 1);
  EXPECT_TRUE(torch::equal((z > 0).sum(-1), torch::full({20}, 100, torch::kInt64)));
}

TEST(StdThreshold, IsTauTimesTheRootMeanSquareAboutZero) {
  const auto h = torch::tensor({{1., -1., 1., 5.}, {2., 2., 2., 2.}}, torch::kFloat64);
  const auto t = thresholded(ThresholdRule::std).threshold(h, 1);
  EXPECT_NEAR(t[0][0].item<double>(), tau_of_a_tenth * std::sqrt(7), 1e-13);
  EXPECT_NEAR(t[1][0].item<double>(), tau_of_a_tenth * 2, 1e-13);
}

TEST(FixedThreshold, ReadsTheLayersVariance) {
  const auto h = some_field(3, 4);
  const auto given = thresholded(ThresholdRule::fixed, .1, {4, .25});
  for (int input = 0; input < 3; ++input) {
    EXPECT_NEAR(given.threshold(h, 1)[input][0].item<double>(), 2 * tau_of_a_tenth, 1e-13);
    EXPECT_NEAR(given.threshold(h, 2)[input][0].item<double>(), tau_of_a_tenth / 2, 1e-13);
  }
  EXPECT_ANY_THROW(given.threshold(h, 3));
  const auto unit = thresholded(ThresholdRule::fixed).threshold(h, 3);
  EXPECT_NEAR(unit[2][0].item<double>(), tau_of_a_tenth, 1e-13);
}

TEST(FixedThreshold, IsZeroForOneHalfAndNegativeAbove) {
  const auto h = some_field(1, 4);
  EXPECT_EQ(thresholded(ThresholdRule::fixed, .5).threshold(h, 1).item<double>(), 0);
  EXPECT_NEAR(thresholded(ThresholdRule::fixed, .9).threshold(h, 1).item<double>(), -tau_of_a_tenth,
              1e-13);
}

struct NamedFunction {
  Activation kind;
  double (*phi)(double h, double t);
};

TEST(LayerActivation, IsTheFunctionOfItsName) {
  const NamedFunction functions[] = {
      {Activation::thresholded_relu, [](double h, double t) { return std::max(h - t, 0.0); }},
      {Activation::thresholded_step, [](double h, double t) { return h > t ? 1.0 : 0.0; }},
      {Activation::relu, [](double h, double) { return std::max(h, 0.0); }},
      {Activation::erf, [](double h, double) { return std::erf(h); }},
      {Activation::tanh, [](double h, double) { return std::tanh(h); }},
      {Activation::linear, [](double h, double) { return h; }},
  };
  const auto h = 2 * some_field(1, 100);
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    for (const auto& [kind, phi] : functions) {
      const auto layer = activation(kind, rule, .2);
      const auto z = layer(h, 1);
      const double t = layer.threshold(h, 1).item<double>();
      for (int i = 0; i < 100; ++i) {
        EXPECT_NEAR(z[0][i].item<double>(), phi(h[0][i].item<double>(), t), 1e-14)
            << name_of(kind) << ' ' << name_of(rule);
      }
    }
  }
}

TEST(LayerActivation, KeepsTheType) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
      for (const auto kind : {Activation::thresholded_relu, Activation::thresholded_step}) {
        EXPECT_EQ(activation(kind, rule)(some_field(2, 9, dtype), 1).scalar_type(), dtype);
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::sim
