// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/regression_kernel.hpp>

#include <cstdint>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;

/// Both sides round every layer a few times; σ² and slopes of at most 30 pass it on.
constexpr double kernel_rounding = 1e-12;

void expect_that_of_predict(const Network& network, const Eigen::MatrixXd& cosines) {
  const Eigen::MatrixXd expected = predict(network, cosines).layers.back().gram;
  const Eigen::MatrixXd kernel = regression_kernel(network, cosines);
  EXPECT_LE((kernel - expected).cwiseAbs().maxCoeff(), kernel_rounding * expected(0, 0))
      << network.activation_name() << ", depth " << network.depth();
  EXPECT_EQ(kernel, kernel.transpose());
}

TEST(RegressionKernel, IsTheLastGramOfThePrediction) {
  const LateralFilter filters[] = {
      LateralFilter(), LateralFilter::box(5),
      LateralFilter("network.presynaptic", {.kind = LateralFilter::Kind::uniform, .degree = 3})};
  for (const auto activation :
       {Activation::thresholded_relu, Activation::thresholded_step, Activation::relu,
        Activation::erf, Activation::tanh, Activation::linear}) {
    for (const auto& presynaptic : filters) {
      for (const auto& postsynaptic : {LateralFilter(), LateralFilter::box(3)}) {
        expect_that_of_predict(Network({.depth = 4,
                                        .activation = activation,
                                        .active_fraction = .2,
                                        .bias_variance = .1,
                                        .presynaptic = presynaptic,
                                        .postsynaptic = postsynaptic}),
                               random_cosines(20, 8));
      }
    }
  }
}

TEST(RegressionKernel, IsTheLastGramWhereVariancesDrift) {
  for (const auto activation : {Activation::thresholded_relu, Activation::tanh, Activation::erf}) {
    expect_that_of_predict(Network({.depth = 3,
                                    .activation = activation,
                                    .active_fraction = .3,
                                    .weight_variance = 3.0,
                                    .presynaptic = LateralFilter::box(3)}),
                           random_cosines(20, 8));
  }
}

TEST(RegressionKernel, IsTheLastGramOfManyInputsThroughTheInterpolant) {
  for (const std::int64_t depth : {1, 2, 10}) {
    expect_that_of_predict(Network({.depth = depth,
                                    .active_fraction = .1,
                                    .presynaptic = LateralFilter::box(13),
                                    .postsynaptic = LateralFilter::box(3)}),
                           random_cosines(260, 8));
  }
}

TEST(RegressionKernel, SeesNoLateralFilterInTheReadout) {
  const auto cosines = random_cosines(5, 3);
  EXPECT_EQ(
      regression_kernel(Network({.depth = 1, .presynaptic = LateralFilter::box(13)}), cosines),
      regression_kernel(Network({.depth = 1}), cosines));
}

TEST(RegressionKernel, ReadsTheUpperTriangleAlone) {
  const auto cosines = random_cosines(5, 3);
  Eigen::MatrixXd upper = cosines;
  upper.triangularView<Eigen::StrictlyLower>().setConstant(7);
  EXPECT_EQ(regression_kernel(Network({}), upper), regression_kernel(Network({}), cosines));
}

TEST(RegressionKernel, RefusesWhatPredictRefuses) {
  EXPECT_THROW(regression_kernel(Network({}), Eigen::MatrixXd::Ones(2, 3)), model::InputError);
  EXPECT_THROW(regression_kernel(Network({}), Eigen::MatrixXd(0, 0)), model::InputError);
  EXPECT_THROW(regression_kernel(Network({}), Eigen::MatrixXd::Constant(2, 2, 1.1)),
               model::InputError);
  EXPECT_THROW(
      regression_kernel(Network({.depth = 1000, .weight_variance = 1000.0}), random_cosines(2, 3)),
      model::InputError);
  EXPECT_THROW(
      regression_kernel(Network({.depth = 1000, .weight_variance = 1e-3}), random_cosines(2, 3)),
      model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
