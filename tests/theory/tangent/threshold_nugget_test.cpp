// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/threshold_nugget.hpp>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::Network;
using model::ThresholdGradient;
using model::ThresholdRule;
using model::Trained;

Network::Options quantiles(std::int64_t depth, double active_fraction, std::int64_t taps = 1) {
  return {.depth = depth,
          .active_fraction = active_fraction,
          .threshold = ThresholdRule::quantile,
          .presynaptic = taps > 1 ? LateralFilter::box(taps) : LateralFilter()};
}

TangentDiagonal through(const Network::Options& options, std::int64_t width,
                        Trained trained = Trained::weights) {
  return tangent_diagonal(Network(options),
                          {.trained = trained, .threshold_gradient = ThresholdGradient::through},
                          width);
}

TEST(ThresholdNugget, HasThePrintedValues) {
  // a = .5 at f = .5, n = 1000; .3 at f = .3, n = 4000; .1 at f = .1, n = 1000.
  EXPECT_NEAR(through(quantiles(1, .5), 1000).output, 2.5, 1e-13);
  EXPECT_NEAR(through(quantiles(2, .5), 1000).output, 4.59084506, printed(8));
  EXPECT_NEAR(through(quantiles(1, .3), 4000).output, 3.36800396, printed(8));
  EXPECT_NEAR(through(quantiles(2, .3), 4000).output, 8.25776520, printed(8));
  EXPECT_NEAR(through(quantiles(2, .3, 5), 4000).output, 5.88972978, printed(8));
  EXPECT_NEAR(through(quantiles(2, .3, 5), 4000, Trained::field).output, 6.88435922, printed(8));
  EXPECT_NEAR(through(quantiles(1, .1, 13), 1000).output, 5.62783092, printed(8));
  EXPECT_NEAR(through(quantiles(2, .1, 13), 1000).output, 15.98452277, printed(8));
}

TEST(ThresholdNugget, DependsOnTheWidthThroughTheInterpolationAlone) {
  EXPECT_NEAR(order_statistic_share(4000, .3), .58, 1e-12);
  EXPECT_NEAR(order_statistic_share(1000, .1), .82, 1e-12);
  EXPECT_NEAR(order_statistic_share(1001, .5), 1, 1e-12);
  EXPECT_NEAR(order_statistic_share(1000, .5), .5, 1e-12);
  const auto one = through(quantiles(3, .3), 1000);
  EXPECT_NEAR(one.output, through(quantiles(3, .3), 100000).output, 1e-9);
  EXPECT_GT(through(quantiles(3, .3), 1001).output, one.output + 0.1);
}

// The pre-activations of a layer know nothing of their own threshold: those of the first have Θ
// = 1.
TEST(ThresholdNugget, StartsAtTheSecondLayer) {
  const auto diagonal = through(quantiles(2, .3), 4000);
  EXPECT_EQ(diagonal.layers[0], 1);
  const auto plain = predict_tangent(Network(quantiles(2, .3)), Eigen::MatrixXd::Ones(1, 1));
  EXPECT_GT(diagonal.layers[1], plain.tangents[1](0, 0) + 0.3);
}

TEST(ThresholdNugget, IsNoneForOtherRulesAndDetachedThresholds) {
  auto options = quantiles(3, .3, 5);
  options.postsynaptic = LateralFilter::box(3);
  options.bias_variance = 0.1;
  const auto plain = predict_tangent(Network(options), Eigen::MatrixXd::Ones(1, 1));
  const auto is_plain = [&](const TangentDiagonal& diagonal) {
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_EQ(diagonal.layers[l], plain.tangents[l](0, 0));
    }
    EXPECT_EQ(diagonal.output, plain.output_tangent(0, 0));
  };
  is_plain(tangent_diagonal(Network(options), {}, 1000));
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std}) {
    options.threshold = rule;
    is_plain(through(options, 1000));
  }
  EXPECT_GT(through(quantiles(3, .3, 5), 1000).output, plain.output_tangent(0, 0) + 0.5);
}

TEST(ThresholdNugget, OfAWidthOfOneIsRefused) {
  EXPECT_THROW(through(quantiles(1, .3), 1), model::InputError);
}

Eigen::MatrixXd without_limit(double active_fraction, const Eigen::MatrixXd& cosines,
                              ThresholdGradient gradient = ThresholdGradient::through) {
  return tangents_without_limit(Network(quantiles(2, active_fraction)),
                                {.threshold_gradient = gradient},
                                model::Deficits::of_cosines(cosines), 64);
}

// Inputs that coincide share their order statistics, and at f = 1/2 opposite ones do.
TEST(ThresholdNugget, IsSharedByInputsWithTheSameQuantiles) {
  Eigen::MatrixXd cosines(4, 4);
  cosines << 1, 1, -1, .2, 1, 1, -1, .2, -1, -1, 1, -.2, .2, .2, -.2, 1;
  const auto coinciding = (cosines.array() == 1).cast<double>().matrix().eval();
  EXPECT_EQ(without_limit(.3, cosines), coinciding);
  EXPECT_EQ(without_limit(.5, cosines), (cosines.array().abs() == 1).cast<double>().matrix());
  EXPECT_EQ(without_limit(.49, cosines), without_limit(.5, cosines)) << "at 64 neurons";
  EXPECT_EQ(without_limit(.48, cosines), coinciding);
  EXPECT_EQ(without_limit(.3, cosines, ThresholdGradient::detached).size(), 0);
}

}  // namespace
}  // namespace wideproof::theory
