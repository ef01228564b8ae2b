// SPDX-License-Identifier: MIT
// Networks whose layers differ.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/recursion/grams_of_kernels.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>
#include <wideproof/theory/sparsity/predict_sparsity.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;

constexpr double pi = 3.14159265358979323846;

Eigen::MatrixXd products() {
  Eigen::MatrixXd x(3, 2);
  x << 1, 2,  //
      -.5, .3, 2, -1;
  return x * x.transpose();
}

/// relu, erf, a thresholded ReLU at two standard deviations' fraction, linear.
Network::Options four_layers() {
  Network::Options options{.depth = 4, .activation = Activation::linear, .weight_variance = 1.1};
  options.input_weight_variance = .7;
  options.layers.resize(4);
  options.layers[0].activation = Activation::relu;
  options.layers[0].bias_variance = .2;
  options.layers[1].activation = Activation::erf;
  options.layers[1].weight_variance = 2.5;
  options.layers[1].bias_variance = .3;
  options.layers[2].activation = Activation::relu;
  options.layers[2].weight_variance = 1.8;
  return options;
}

/// Cho & Saul 2009.
double of_relu(double qa, double qb, double k) {
  const double norm = std::sqrt(qa * qb);
  const double angle = std::acos(std::fmax(-1, std::fmin(1, k / norm)));
  return norm * (std::sin(angle) + (pi - angle) * std::cos(angle)) / (2 * pi);
}

/// Williams 1997.
double of_erf(double qa, double qb, double k) {
  return 2 / pi * std::asin(2 * k / std::sqrt((1 + 2 * qa) * (1 + 2 * qb)));
}

template <class Dual>
Eigen::MatrixXd each(const Eigen::MatrixXd& kernel, const Dual& dual) {
  return Eigen::MatrixXd::NullaryExpr(kernel.rows(), kernel.cols(), [&](auto a, auto b) {
    return dual(kernel(a, a), kernel(b, b), kernel(a, b));
  });
}

double apart(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  return (a - b).cwiseAbs().maxCoeff() / b.cwiseAbs().maxCoeff();
}

TEST(MixedLayers, PassKernelsByTheFormulaOfEach) {
  const auto theory = predict_of_products(Network(four_layers()), products());
  Eigen::MatrixXd kernel = (.7 * products()).array() + .2;
  EXPECT_LT(apart(theory.layers[0].preactivation, kernel), 1e-14);
  Eigen::MatrixXd gram = each(kernel, of_relu);
  EXPECT_LT(apart(theory.layers[0].gram, gram), 1e-14);
  kernel = (2.5 * gram).array() + .3;
  EXPECT_LT(apart(theory.layers[0].next_kernel, kernel), 1e-14);
  gram = each(kernel, of_erf);
  EXPECT_LT(apart(theory.layers[1].gram, gram), 1e-14);
  kernel = 1.8 * gram;
  EXPECT_LT(apart(theory.layers[2].preactivation, kernel), 1e-14);
  gram = each(kernel, of_relu);
  EXPECT_LT(apart(theory.layers[2].gram, gram), 1e-14);
  EXPECT_LT(apart(theory.layers[3].gram, 1.1 * gram), 1e-14);
  EXPECT_EQ(theory.gram_scale, 1);
  EXPECT_FALSE(theory.tau);
  EXPECT_THAT(theory.layer_weight_variances, testing::ElementsAre(2.5, 1.8, 1.1, 1.1));
  EXPECT_EQ(theory.weight_variance_from(2), 1.8);
}

/// One variance for all inputs, or one for each: two ways to the same numbers.
TEST(MixedLayers, OfUnitInputsAreThoseOfTheirProducts) {
  auto options = four_layers();
  options.presynaptic = LateralFilter::box(3);
  options.layers[1].activation = Activation::thresholded_relu;
  options.layers[1].active_fraction = .2;
  const Network network(options);
  Eigen::MatrixXd cosines(3, 3);
  cosines << 1, .3, -.6,  //
      .3, 1, .1,          //
      -.6, .1, 1;
  const auto one = predict(network, cosines);
  const auto other = predict_of_products(network, cosines);
  for (std::size_t l = 0; l < 4; ++l) {
    EXPECT_LT(apart(one.layers[l].gram, other.layers[l].gram), 1e-13);
    EXPECT_NEAR(one.layers[l].active_fraction, other.layers[l].active_fraction, 1e-15);
  }
  EXPECT_EQ(one.layers[0].separating_fraction.size(), 0);
  EXPECT_EQ(one.layers[1].separating_fraction.size(), 9);
  EXPECT_DOUBLE_EQ(one.layers[1].active_fraction, .2);
  // K^{l+1} determine the Grams, also with what neighbours add.
  std::vector<Eigen::MatrixXd> kernels;
  std::vector<Eigen::MatrixXd> grams;
  for (const auto& layer : one.layers) grams.push_back(layer.gram);
  kernels = kernels_of_grams(network, one, grams);
  EXPECT_LT(apart(kernels[1], one.layers[1].next_kernel), 1e-13);
  const auto back = grams_of_kernels(network, one, kernels);
  for (std::size_t l = 0; l < 4; ++l) EXPECT_LT(apart(back[l], grams[l]), 1e-13);
}

TEST(MixedLayers, OfCriticalVarianceKeepUnitKernels) {
  Network::Options options{.depth = 3, .bias_variance = .1};
  options.layers.resize(3);
  options.layers[0].activation = Activation::relu;
  options.layers[1].activation = Activation::tanh;
  const auto theory = predict(Network(options), Eigen::MatrixXd::Identity(2, 2));
  for (const auto& layer : theory.layers) EXPECT_NEAR(layer.preactivation(0, 0), 1, 1e-14);
  EXPECT_NEAR(theory.weight_variance_from(1), .9 / .5, 1e-14);
  EXPECT_NEAR(theory.weight_variance_from(2), .9 / theory.layers[1].gram(0, 0), 1e-13);
}

TEST(MixedLayers, HaveLimitsOfSparsityAndNoFluctuations) {
  const Network network(four_layers());
  auto theory = predict_of_products(network, products());
  theory.fluctuation = predict_fluctuation(network, theory);
  EXPECT_TRUE(theory.fluctuation.layers.empty());
  EXPECT_EQ(theory.fluctuation.not_derived,
            "Finite-width fluctuations are derived for layers that are all alike.");
  const auto sparsity = predict_sparsity(network, theory);
  ASSERT_EQ(sparsity.layers.size(), 4U);
  EXPECT_NEAR(sparsity.layers[0].hoyer.value, 1 - std::sqrt(1 / pi), 1e-14);  // of a ReLU
  EXPECT_NEAR(sparsity.layers[3].hoyer.value, 1 - std::sqrt(2 / pi), 1e-14);  // of |normal|
  EXPECT_TRUE(sparsity.layers[0].lifetime && !sparsity.layers[1].lifetime);   // erf is signed
  EXPECT_FALSE(sparsity.not_derived.empty());
}

TEST(MixedLayers, SayWhichLayerLeavesTheRange) {
  auto options = four_layers();
  options.layers[1].weight_variance = 1e200;
  try {
    predict_of_products(Network(options), products());
    ADD_FAILURE();
  } catch (const model::InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("network.layers: from layer 1 on"));
  }
}

}  // namespace
}  // namespace wideproof::theory
