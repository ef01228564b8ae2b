// SPDX-License-Identifier: MIT
// With fixed thresholds, or none, one layer's mean Gram matrix is the limit's at every width.
#include <gtest/gtest.h>

#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "false_alarm.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::Activation;

constexpr int checks = 3;

struct FirstLayer {
  double diagonal;
  double pair;
  double active_fraction;
};

model::Network single_layer(Activation activation, double active_fraction) {
  return model::Network({.depth = 1,
                         .activation = activation,
                         .active_fraction = active_fraction,
                         .threshold = model::ThresholdRule::fixed});
}

FirstLayer predicted_means(Activation activation, double active_fraction, double c) {
  const auto prediction =
      theory::predict(single_layer(activation, active_fraction), cosines_of_pair(c));
  const auto& layer = prediction.layers[0];
  return {prediction.gram_scale * layer.gram(0, 0), prediction.gram_scale * layer.gram(0, 1),
          layer.active_fraction};
}

Eigen::ArrayXXd observed_means(Activation activation, double active_fraction, double c) {
  return sampled({.network = single_layer(activation, active_fraction)}, 300, c, 3000, checks,
                 [](const auto& outputs) -> Eigen::ArrayXd {
                   const auto& z = outputs.activations[0];
                   return Eigen::Array3d(
                       gram(z, 0, 0), gram(z, 0, 1),
                       (z > 0).to(torch::kFloat64).mean().template item<double>());
                 });
}

class LayerMean : public ::testing::TestWithParam<Activation> {};

TEST_P(LayerMean, IsTheLimitAtEveryWidth) {
  const auto rows = observed_means(GetParam(), .3, .5);
  const auto truth = predicted_means(GetParam(), .3, .5);
  EXPECT_TRUE(agrees(mean_of(rows.col(0)), truth.diagonal, checks));
  EXPECT_TRUE(agrees(mean_of(rows.col(1)), truth.pair, checks));
  EXPECT_TRUE(agrees(mean_of(rows.col(2)), truth.active_fraction, checks));

  EXPECT_FALSE(agrees(mean_of(rows.col(1)), predicted_means(GetParam(), .3, .45).pair, checks));
  if (!is_thresholded(GetParam())) return;
  const auto wrong = predicted_means(GetParam(), .32, .5);
  EXPECT_FALSE(agrees(mean_of(rows.col(0)), wrong.diagonal, checks));
  EXPECT_FALSE(agrees(mean_of(rows.col(1)), wrong.pair, checks));
  EXPECT_FALSE(agrees(mean_of(rows.col(2)), wrong.active_fraction, checks));
}

INSTANTIATE_TEST_SUITE_P(Activations, LayerMean,
                         ::testing::Values(Activation::thresholded_relu,
                                           Activation::thresholded_step, Activation::relu,
                                           Activation::erf, Activation::tanh, Activation::linear));

TEST(LayerMeanOfAnActivation, IsNotThatOfAnother) {
  const auto tanh = observed_means(Activation::tanh, .3, .5);
  EXPECT_FALSE(
      agrees(mean_of(tanh.col(0)), predicted_means(Activation::erf, .3, .5).diagonal, checks));
  const auto relu = observed_means(Activation::relu, .3, .5);
  EXPECT_FALSE(
      agrees(mean_of(relu.col(0)), predicted_means(Activation::linear, .3, .5).diagonal, checks));
}

}  // namespace
}  // namespace wideproof::testing
