// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/grams_of_kernels.hpp>

#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;

/// K^2 … K^{depth+1}, as a network with one layer more has them.
std::vector<Eigen::MatrixXd> kernels_of(const Network& network, const Eigen::MatrixXd& cosines) {
  auto options = network.options();
  ++options.depth;
  std::vector<Eigen::MatrixXd> kernels;
  for (const auto& layer : predict(Network(options), cosines).layers)
    kernels.push_back(layer.preactivation);
  kernels.erase(kernels.begin());
  return kernels;
}

const std::vector<Network::Options> networks = {
    {.depth = 3, .active_fraction = .1, .bias_variance = .2},
    {.depth = 3, .active_fraction = .1, .presynaptic = LateralFilter::box(13)},
    {.depth = 3,
     .activation = Activation::tanh,
     .weight_variance = 1.7,
     .bias_variance = .1,
     .presynaptic = LateralFilter::box(5),
     .postsynaptic = LateralFilter::box(3)},
};

TEST(GramsOfKernels, AreThoseThatTheRecursionMadeThemOf) {
  const auto cosines = random_cosines(5, 4, 7);
  for (const auto& options : networks) {
    const Network network(options);
    const auto theory = predict(network, cosines);
    const auto grams = grams_of_kernels(network, theory, kernels_of(network, cosines));
    ASSERT_EQ(grams.size(), 3);
    // A few units in the last place of kernels, up to 50 times a Gram's entry behind the box of 13.
    for (std::size_t l = 0; l < grams.size(); ++l)
      EXPECT_LT((grams[l] - theory.layers[l].gram).cwiseAbs().maxCoeff(), 1e-12) << l;
  }
}

TEST(GramsOfKernels, ShowAMistakeInTheLayerWhereItIsMade) {
  const auto cosines = random_cosines(5, 4, 7);
  const Network network(networks[1]);
  const auto theory = predict(network, cosines);
  auto kernels = kernels_of(network, cosines);
  kernels[1](0, 1) = kernels[1](1, 0) = kernels[1](0, 1) + .01;
  const auto grams = grams_of_kernels(network, theory, kernels);
  EXPECT_LT((grams[0] - theory.layers[0].gram).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR(grams[1](0, 1) - theory.layers[1].gram(0, 1),
              .01 / (theory.weight_variance * theory.gram_scale), 1e-12);
}

TEST(KernelsOfGrams, AreThoseThatTheRecursionMakesOfThem) {
  const auto cosines = random_cosines(5, 4, 7);
  for (const auto& options : networks) {
    const Network network(options);
    const auto theory = predict(network, cosines);
    std::vector<Eigen::MatrixXd> grams;
    for (const auto& layer : theory.layers) grams.push_back(layer.gram);
    const auto kernels = kernels_of_grams(network, theory, grams);
    const auto expected = kernels_of(network, cosines);
    ASSERT_EQ(kernels.size(), expected.size());
    for (std::size_t l = 0; l < kernels.size(); ++l)
      EXPECT_LT((kernels[l] - expected[l]).cwiseAbs().maxCoeff(), 1e-12) << l;
  }
}

}  // namespace
}  // namespace wideproof::theory
