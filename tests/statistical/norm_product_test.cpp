// SPDX-License-Identifier: MIT
// Networks of homogeneous activations multiply the norm by an independent factor a layer.
#include <cmath>

#include <gtest/gtest.h>

#include "false_alarm.hpp"
#include "sampled_networks.hpp"

namespace wideproof::testing {
namespace {

constexpr std::int64_t product_width = 50;
constexpr int product_depth = 4;

/// E[q²]/q∞², q the squared norm that the critical weight variance keeps at 1 in the mean.
Estimate second_moment_of_norm(model::Activation activation, double weight_variance) {
  const sim::SampledLaw law{
      .network = model::Network({.depth = product_depth, .activation = activation}),
      .weight_variance = weight_variance};
  const auto squares = sampled(law, product_width, .5, 20000, 1, [&](const auto& outputs) {
    const double q = weight_variance * gram(outputs.activations.back(), 0, 0);
    return Eigen::ArrayXd::Constant(1, q * q);
  });
  return mean_of(squares.col(0));
}

double product(double kappa, int layers) {
  return std::pow(1 + kappa / product_width, layers);
}

TEST(NormProduct, OfReluIsOnePlusFiveOverTheWidthALayer) {
  const auto estimate = second_moment_of_norm(model::Activation::relu, 2);
  EXPECT_NEAR(product(5, product_depth), 1.4641, 1e-12);
  EXPECT_TRUE(agrees(estimate, product(5, product_depth)));
  EXPECT_FALSE(agrees(estimate, product(5, product_depth - 1)));
  EXPECT_FALSE(agrees(estimate, product(2, product_depth)));
}

TEST(NormProduct, OfLinearIsOnePlusTwoOverTheWidthALayer) {
  const auto estimate = second_moment_of_norm(model::Activation::linear, 1);
  EXPECT_TRUE(agrees(estimate, product(2, product_depth)));
  EXPECT_FALSE(agrees(estimate, product(1, product_depth)));
  EXPECT_FALSE(agrees(estimate, product(5, product_depth)));
}

}  // namespace
}  // namespace wideproof::testing
