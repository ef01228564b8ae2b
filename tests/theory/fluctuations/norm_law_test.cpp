// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/norm_law.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

TEST(NormLaw, OfReluHasThePrintedSecondMoment) {
  const auto law = NormLaw::of(Network({.activation = Activation::relu}));
  ASSERT_TRUE(law);
  EXPECT_NEAR(law->relative_variance(), 5, 1e-12);
  EXPECT_NEAR(law->second_moment(50, 4), 1.4641, 1e-12);
  EXPECT_NEAR(law->mean(50, 4), 1, 1e-12);
}

TEST(NormLaw, OfLinearNetworksIsChiSquares) {
  const auto law = NormLaw::of(Network({.activation = Activation::linear}));
  ASSERT_TRUE(law);
  EXPECT_NEAR(law->second_moment(10, 3), 1.2 * 1.2 * 1.2, 1e-12);
}

TEST(NormLaw, HasThePrintedVariancesAndABias) {
  const auto quantile = NormLaw::of(Network({.threshold = ThresholdRule::quantile}));
  const auto std = NormLaw::of(Network({.threshold = ThresholdRule::std}));
  ASSERT_TRUE(quantile && std);
  EXPECT_NEAR(quantile->relative_variance(), 30.831666, printed(6));
  EXPECT_NEAR(std->relative_variance(), 27.655622, printed(6));
  EXPECT_GT(quantile->bias(), 0);
  EXPECT_LT(std->bias(), 0);
  EXPECT_GT(quantile->mean(1000, 3), 1);
}

TEST(NormLaw, TakesTheSendersFilterInAllButTheLastLayer) {
  const auto plain = NormLaw::of(Network({}));
  const auto filtered = NormLaw::of(Network({.presynaptic = LateralFilter::box(13)}));
  ASSERT_TRUE(plain && filtered);
  EXPECT_NEAR(filtered->relative_variance(), plain->relative_variance(), 1e-10);
  EXPECT_GT(filtered->next_relative_variance(), plain->next_relative_variance());
  EXPECT_NEAR(filtered->second_moment(500, 1), plain->second_moment(500, 1), 1e-12);
  const double step = filtered->second_moment(500, 4) / filtered->second_moment(500, 3);
  EXPECT_NEAR(
      step, std::pow(1 + filtered->next_bias() / 500, 2) + filtered->next_relative_variance() / 500,
      1e-12);
}

TEST(NormLaw, IsRefusedWhereNormsDoNotMultiply) {
  EXPECT_FALSE(NormLaw::of(Network({.threshold = ThresholdRule::fixed})));
  EXPECT_FALSE(NormLaw::of(Network({.bias_variance = .1})));
  EXPECT_FALSE(NormLaw::of(Network({.activation = Activation::tanh})));
  EXPECT_FALSE(NormLaw::of(
      Network({.presynaptic = LateralFilter::box(3), .postsynaptic = LateralFilter::box(3)})));
  EXPECT_TRUE(NormLaw::of(Network({.active_fraction = .5, .threshold = ThresholdRule::fixed})));
}

}  // namespace
}  // namespace wideproof::theory
