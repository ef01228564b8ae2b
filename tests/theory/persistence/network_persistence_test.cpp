// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/network_persistence.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/persistence/correlation_law.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

model::Prediction theory_of_inputs(const model::Network& network) {
  return predict(network, random_cosines(150, 20));
}

TEST(NetworkPersistence, OfOneLayerIsThatOfItsLaw) {
  const NeuronGroup group{400, false, tau_of(.3), random_cosines(200, 30)};
  const Eigen::MatrixXd& k = group.kernel;
  const Eigen::MatrixXd h =
      Eigen::MatrixXd::Identity(200, 200) - Eigen::MatrixXd::Constant(200, 200, 1. / 200);
  const Eigen::MatrixXd centred = h * k * h;
  const double square = (centred * centred).trace() / std::pow(centred.trace(), 2);
  const NeuronField field{.tau = tau_of(.3), .common_share = k.mean()};
  const CorrelationLaw law(field, field, 1 / (square - 1. / 200), 200);
  const auto expected = predict_persistence(400, [&](double x) { return law.tail(x); });
  const auto persistence = network_persistence({group});
  EXPECT_NEAR(persistence.total, expected.total, 1e-9);
  EXPECT_NEAR(persistence.spread, expected.spread, 1e-12);
  EXPECT_NEAR(persistence.mean_absolute_correlation, law.mean_absolute(), 1e-12);
}

TEST(NetworkPersistence, OfALayerInTwoGroupsIsThatOfOne) {
  const Eigen::MatrixXd kernel = random_cosines(100, 30);
  const auto whole = network_persistence({{300, false, .4, kernel}});
  const auto parts = network_persistence({{120, false, .4, kernel}, {180, false, .4, kernel}});
  EXPECT_NEAR(parts.total, whole.total, 1e-9);
  EXPECT_NEAR(parts.mean_absolute_correlation, whole.mean_absolute_correlation, 1e-12);
  // A single neuron has no pair of its own.
  const auto single = network_persistence({{299, false, .4, kernel}, {1, false, .4, kernel}});
  EXPECT_NEAR(single.spread, whole.spread, 1e-12);
}

TEST(NetworkPersistence, DependsOnNoScaleOfTheKernels) {
  const Eigen::MatrixXd kernel = random_cosines(100, 30);
  const auto one = network_persistence({{300, false, .4, kernel}, {10, true, 0, kernel}});
  const auto scaled =
      network_persistence({{300, false, .4, 5 * kernel}, {10, true, 0, .1 * kernel}});
  EXPECT_NEAR(one.total, scaled.total, 1e-9);
}

TEST(NetworkPersistence, GroupsOfANetworkAreItsLayersAndItsOutputs) {
  const model::Network network({.depth = 3, .active_fraction = .3});
  const auto prediction = theory_of_inputs(network);
  const auto groups = neuron_groups(network, prediction, 50, 10);
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 4u);
  EXPECT_EQ((*groups)[1].count, 50);
  EXPECT_EQ((*groups)[1].tau, tau_of(.3));
  EXPECT_EQ((*groups)[1].kernel, prediction.layers[1].preactivation);
  EXPECT_TRUE((*groups)[3].linear);
  EXPECT_EQ((*groups)[3].kernel, prediction.layers[2].gram);
  const auto persistence = network_persistence(*groups);
  EXPECT_GT(persistence.mean_absolute_correlation, std::sqrt(2 / (std::acos(-1.0) * 150)));
  EXPECT_LT(persistence.total, 0);
  EXPECT_FALSE(
      neuron_groups(model::Network({.activation = model::Activation::tanh, .weight_variance = 1.5}),
                    prediction, 50));
}

TEST(NetworkPersistence, RefusesNeuronsThatAreConstant) {
  const Eigen::MatrixXd constant = Eigen::MatrixXd::Ones(20, 20);
  EXPECT_THROW(network_persistence({{300, false, .4, constant}}), model::InputError);
  EXPECT_THROW(network_persistence({{1, false, .4, random_cosines(20, 5)}}), model::InputError);
  EXPECT_THROW(network_persistence({}), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
