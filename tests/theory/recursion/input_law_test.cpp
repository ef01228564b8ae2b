// SPDX-License-Identifier: MIT
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;

Eigen::MatrixXd some_inputs() {
  Eigen::MatrixXd x(4, 3);
  x << 1, 2, -1,   //
      .3, .1, .2,  //
      -2, 1, 4,    //
      .5, .5, 0;
  return x;
}

Eigen::MatrixXd products_of(const Eigen::MatrixXd& x) {
  return x * x.transpose();
}

double farthest(const model::Prediction& one, const model::Prediction& other) {
  double largest = 0;
  for (std::size_t l = 0; l < one.layers.size(); ++l) {
    const auto difference = [&](const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
      return (a - b).cwiseAbs().maxCoeff() / b.cwiseAbs().maxCoeff();
    };
    largest = std::max({largest, difference(one.layers[l].gram, other.layers[l].gram),
                        difference(one.layers[l].preactivation, other.layers[l].preactivation),
                        difference(one.layers[l].correlation, other.layers[l].correlation)});
  }
  return largest;
}

/// Two ways to the same numbers: each variance once for all inputs, and one for each.
TEST(InputLaw, OfUnitInputsIsThatOfTheirProducts) {
  const Eigen::MatrixXd unit = some_inputs().rowwise().normalized();
  Eigen::MatrixXd cosines = products_of(unit);
  cosines.diagonal().setOnes();
  for (const auto activation : {Activation::thresholded_relu, Activation::thresholded_step,
                                Activation::relu, Activation::erf, Activation::tanh}) {
    for (const double bias : {0., .4}) {
      const Network network({.depth = 3,
                             .activation = activation,
                             .active_fraction = .3,
                             .threshold = model::ThresholdRule::std,
                             .bias_variance = .2,
                             .input_weight_variance = 1.7,
                             .input_bias_variance = bias,
                             .presynaptic = LateralFilter::box(3)});
      EXPECT_LT(farthest(predict_of_products(network, cosines), predict(network, cosines)), 1e-13)
          << network.activation_name();
    }
  }
}

/// σ_1 and σ_b1 are coordinates of longer inputs.
TEST(InputLaw, IsThatOfLongerInputs) {
  const Eigen::MatrixXd x = some_inputs();
  Eigen::MatrixXd longer(x.rows(), x.cols() + 1);
  longer << std::sqrt(.6) * x, Eigen::VectorXd::Constant(x.rows(), std::sqrt(.3));
  const Network::Options plain{.depth = 3, .activation = Activation::tanh, .weight_variance = 1.3};
  auto own = plain;
  own.input_weight_variance = .6;
  own.input_bias_variance = .3;
  EXPECT_LT(farthest(predict_of_products(Network(own), products_of(x)),
                     predict_of_products(Network(plain), products_of(longer))),
            1e-13);
}

/// Rectifiers without biases hand norms on: K_ab/(|x_a||x_b|) is that of unit inputs.
TEST(InputLaw, PassesNormsThroughRectifiers) {
  const Eigen::MatrixXd x = some_inputs();
  const Eigen::VectorXd norms = x.rowwise().norm();
  Eigen::MatrixXd cosines = products_of(x.rowwise().normalized());
  cosines.diagonal().setOnes();
  for (const auto activation : {Activation::thresholded_relu, Activation::relu}) {
    const Network network({.depth = 4,
                           .activation = activation,
                           .active_fraction = .2,
                           .presynaptic = LateralFilter::box(5)});
    const auto of_unit = predict(network, cosines);
    const auto of_all = predict_of_products(network, products_of(x));
    for (std::size_t l = 0; l < 4; ++l) {
      const Eigen::MatrixXd expected =
          norms.asDiagonal() * of_unit.layers[l].gram * norms.asDiagonal();
      EXPECT_LT((of_all.layers[l].gram - expected).cwiseAbs().maxCoeff(), 1e-12 * 21);
      EXPECT_LT(
          (of_all.layers[l].correlation - of_unit.layers[l].correlation).cwiseAbs().maxCoeff(),
          1e-13);
    }
  }
}

/// One layer of erf of unequal norms, by Williams' formula.
TEST(InputLaw, OfErfIsWilliams) {
  const Eigen::MatrixXd products = products_of(some_inputs());
  const auto gram =
      predict_of_products(Network({.depth = 1, .activation = Activation::erf}), products)
          .layers[0]
          .gram;
  const double expected =
      2 / M_PI * std::asin(2 * products(0, 2) / std::sqrt((1 + 2 * 6.) * (1 + 2 * 21.)));
  EXPECT_NEAR(gram(0, 2), expected, 1e-15);
}

TEST(InputLaw, RefusesWhatAreNoProducts) {
  const Network network({.depth = 1, .activation = Activation::relu});
  EXPECT_THROW(predict_of_products(network, Eigen::MatrixXd(0, 0)), model::InputError);
  EXPECT_THROW(predict_of_products(network, Eigen::MatrixXd::Zero(2, 2)), model::InputError);
  Eigen::MatrixXd lopsided = Eigen::MatrixXd::Identity(2, 2);
  lopsided(0, 1) = .5;
  EXPECT_THROW(predict_of_products(network, lopsided), model::InputError);
  EXPECT_THROW(Network({.input_weight_variance = 0.}), model::InputError);
  EXPECT_THROW(Network({.input_bias_variance = -1.}), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
