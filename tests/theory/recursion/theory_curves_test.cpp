// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/theory_curves.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include <wideproof/model/gram/gram_spec.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

struct Curves {
  model::Prediction theory;
  model::TheoryCurves curves;
};

Curves curves_of(const model::Network::Options& network, const std::string& prediction = "theory") {
  auto options = model::GramSpec::defaults();
  options.network = model::Network(network);
  options.inputs.count = 8;
  options.compare.prediction = prediction;
  const model::Experiment experiment(options);
  Curves predicted;
  predicted.theory = predict(experiment.network(), model::circle_inputs(8).cosines());
  predicted.curves = theory_curves(experiment, predicted.theory);
  return predicted;
}

double correlation_of(const Eigen::MatrixXd& kernel, Eigen::Index a, Eigen::Index b) {
  return kernel(a, b) / std::sqrt(kernel(a, a) * kernel(b, b));
}

TEST(TheoryCurves, PassThroughThePredictionForTheInputs) {
  const auto [theory, curves] = curves_of({.presynaptic = model::LateralFilter::box(13)});
  ASSERT_EQ(curves.kernel.size(), 3);
  const auto& curve = curves.kernel[1];
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (curve.x[i] == 90.0) {
      EXPECT_NEAR(curve.y[i], theory.layers[1].gram(0, 2), 1e-9);
    }
  }
  EXPECT_EQ(curve.x.back(), 180.0);
  EXPECT_NEAR(curve.y.back(), theory.layers[1].gram(0, 4), 1e-9);
}

TEST(TheoryCurves, FollowAPairOnTheOneMapOfAThresholdedReLU) {
  const auto [theory, curves] = curves_of({.presynaptic = model::LateralFilter::box(13)});
  ASSERT_EQ(curves.map.size(), 1);
  EXPECT_EQ(curves.map[0].x.front(), -1.0);
  EXPECT_NEAR(curves.map[0].y.back(), 1.0, 1e-12);
  ASSERT_GT(curves.iterates.size(), 3);
  EXPECT_NEAR(curves.iterates[0], 0.0, 1e-12);
  for (std::size_t l = 0; l < 3; ++l)
    EXPECT_NEAR(curves.iterates[l], correlation_of(theory.layers[l].preactivation, 0, 2), 1e-9);
}

TEST(TheoryCurves, GiveOtherActivationsAMapOfEachLayer) {
  const auto [theory, curves] = curves_of({.activation = model::Activation::erf});
  ASSERT_EQ(curves.map.size(), 2);
  EXPECT_EQ(curves.map[1].layer, 2);
  EXPECT_NEAR(curves.map[0].x.front(), -1.0, 1e-12);
  EXPECT_NEAR(curves.map[1].y.back(), 1.0, 1e-12);
  EXPECT_EQ(curves.iterates.size(), 3);
  const auto [same, biased] = curves_of(
      {.activation = model::Activation::relu, .weight_variance = 1.5, .bias_variance = 0.1});
  EXPECT_EQ(biased.map.size(), 2);
}

TEST(TheoryCurves, AreNoRivalsOfTheUsersOwnPrediction) {
  const auto [theory, curves] = curves_of({}, "mine.npy");
  EXPECT_TRUE(curves.kernel.empty());
  EXPECT_EQ(curves.map.size(), 1);
}

}  // namespace
}  // namespace wideproof::theory
