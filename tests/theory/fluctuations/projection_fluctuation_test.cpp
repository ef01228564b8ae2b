// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/projection_fluctuation.hpp>

#include <cmath>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>
#include <wideproof/theory/neurons/projection_noise.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::Network;

Network::Options projecting(double sparseness, bool is_signed) {
  return {.depth = 3,
          .activation = model::Activation::sparse_projection,
          .sparseness = sparseness,
          .is_signed = is_signed};
}

/// Inputs 0 and 1 of cosine .3, input 2 as input 0.
Eigen::MatrixXd some_cosines() {
  return (Eigen::MatrixXd(3, 3) << 1, .3, 1, .3, 1, .3, 1, .3, 1).finished();
}

TEST(ProjectionFluctuation, IsOfCorrelationsAndNotOfNorms) {
  for (const bool is_signed : {false, true}) {
    const Network network(projecting(.6, is_signed));
    const auto prediction = predict(network, some_cosines());
    const auto fluctuation = predict_fluctuation(network, prediction);
    ASSERT_EQ(fluctuation.layers.size(), 3U);
    EXPECT_THAT(fluctuation.bias_not_derived, testing::HasSubstr("not derived"));
    double of_kernel = 0;
    for (std::size_t l = 0; l < 3; ++l) {
      const auto& layer = fluctuation.layers[l];
      EXPECT_EQ(layer.gram_variance.diagonal(), Eigen::Vector3d::Zero());
      EXPECT_EQ(layer.gram_variance(0, 2), 0);
      EXPECT_EQ(layer.gram_variance, layer.correlation_variance);
      EXPECT_EQ(layer.gram_bias.size(), 0);
      // Without filters and biases the next layer sees the Gram as it is.
      const ProjectedPair pair(projection_threshold(.6, is_signed), is_signed,
                               prediction.layers[l].preactivation_deficit(0, 1));
      of_kernel = pair.slope * pair.slope * of_kernel + pair.variance;
      EXPECT_NEAR(layer.gram_variance(0, 1), of_kernel, 1e-12 * of_kernel);
    }
  }
}

// The double sum over pairs of m/n each has a variance of m²/n of a pair's.
TEST(ProjectionFluctuation, OfUniformSendersHasNoDegeneratePart) {
  auto options = projecting(.6, false);
  options.depth = 2;
  options.presynaptic = LateralFilter::uniform(2);
  const Network network(options);
  const auto prediction = predict(network, some_cosines());
  const auto variances = ProjectionFluctuation(network, prediction)(0, 1);
  const double alpha = projection_threshold(.6, false);
  const double delta = prediction.layers[1].preactivation_deficit(0, 1);
  const ProjectedPair second(alpha, false, delta);
  // K' = σ²(G + 2(1 − σ*)²) of variance 1.
  const double share = 1 / (1 + 2 * .4 * .4);
  EXPECT_NEAR(prediction.weight_variance, share, 1e-13);
  EXPECT_NEAR(variances[1], std::pow(second.slope * share, 2) * variances[0] + second.variance,
              1e-12);
}

TEST(ProjectionFluctuation, VanishesWithTheSquareOfTheDeficit) {
  for (const bool is_signed : {false, true}) {
    auto options = projecting(.7, is_signed);
    options.presynaptic = LateralFilter::box(5);
    options.bias_variance = .2;
    const Network network(options);
    const auto relative = [&](double deficit) {
      const auto prediction = predict(
          network, model::Deficits((Eigen::MatrixXd(2, 2) << 0, deficit, deficit, 0).finished()));
      const auto variances = ProjectionFluctuation(network, prediction)(0, 1);
      return variances[2] / std::pow(prediction.layers[2].deficit(0, 1), 2);
    };
    const double at_limit = relative(1e-18);
    EXPECT_GT(at_limit, .1);
    EXPECT_NEAR(relative(1e-12), at_limit, 1e-4 * at_limit);
  }
}

TEST(ProjectionFluctuation, SaysWhatIsNotDerived) {
  auto options = projecting(.6, true);
  options.postsynaptic = LateralFilter::box(3);
  const Network filtered(options);
  const auto of_filtered = predict_fluctuation(filtered, predict(filtered, some_cosines()));
  EXPECT_TRUE(of_filtered.layers.empty());
  EXPECT_THAT(of_filtered.not_derived, testing::HasSubstr("postsynaptic"));
  const Network all_active(projecting(.1, true));
  const auto prediction = predict(all_active, some_cosines());
  EXPECT_THAT(predict_fluctuation(all_active, prediction).not_derived,
              testing::HasSubstr("0.2021"));
  EXPECT_THROW(ProjectionFluctuation(all_active, prediction), std::invalid_argument);
  EXPECT_FALSE(predict_fluctuation(Network(projecting(.1, false)), prediction).layers.empty());
}

}  // namespace
}  // namespace wideproof::theory
