// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/gaussian_closure.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/dimension/dimension_recursion.hpp>
#include <wideproof/theory/dimension/pair_covariance.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "drawn_weights.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;

Eigen::VectorXd no_biases(Eigen::Index width) {
  return Eigen::VectorXd::Zero(width);
}

/// 1/D̃ of layers that a network of given weights makes of white inputs.
template <class Weights>
std::vector<double> inverse_dimensionalities(Activation activation, Eigen::Index width, int depth,
                                             const Weights& weights) {
  auto state = GaussianEnsemble::white(width);
  std::vector<double> result;
  for (int l = 0; l < depth; ++l) {
    state = GaussianClosure(activation)(weights(), state, no_biases(width));
    result.push_back(1 / linear_dimensionality(state.covariance));
  }
  return result;
}

model::Network tanh_network(double gain, std::int64_t depth) {
  return model::Network(
      {.depth = depth, .activation = Activation::tanh, .weight_variance = gain * gain});
}

TEST(GaussianClosure, OfLinearLayersIsTheirCovariance) {
  DrawnWeights draw(1);
  const Eigen::MatrixXd w = draw.normals(5, 7);
  const Eigen::MatrixXd root = draw.normals(7, 7);
  const GaussianEnsemble inputs{root * root.transpose(), draw.normals(7, 1)};
  const Eigen::VectorXd b = draw.normals(5, 1);
  const auto outputs = GaussianClosure(Activation::linear)(w, inputs, b);
  EXPECT_TRUE(outputs.covariance.isApprox(w * inputs.covariance * w.transpose(), 1e-14));
  EXPECT_TRUE(outputs.mean.isApprox(w * inputs.mean + b, 1e-14));
}

// Rows that coincide, are opposite, or nearly so, among others; Williams' arcsine is the oracle.
TEST(GaussianClosure, OfErfIsTheArcsineAtAnyCorrelation) {
  DrawnWeights draw(2);
  const Eigen::Index width = 24;
  for (const double gain : {0.3, 1.5, 100.0}) {
    Eigen::MatrixXd w = draw.correlated(width, gain, 0);
    w.row(1) = 2 * w.row(0);
    w.row(2) = -w.row(0);
    w.row(3) = w.row(0) + 1e-6 * w.row(4);
    w.row(6) = 0.98 * w.row(5) + 0.1 * w.row(7);
    const auto outputs =
        GaussianClosure(Activation::erf)(w, GaussianEnsemble::white(width), no_biases(width));
    const Eigen::MatrixXd fields = w * w.transpose();
    for (Eigen::Index i = 0; i < width; ++i) {
      for (Eigen::Index j = 0; j < width; ++j) {
        const double scale = std::sqrt((1 + 2 * fields(i, i)) * (1 + 2 * fields(j, j)));
        EXPECT_NEAR(outputs.covariance(i, j),
                    2 / std::numbers::pi * std::asin(2 * fields(i, j) / scale), 1e-10);
      }
    }
    EXPECT_LT(outputs.mean.cwiseAbs().maxCoeff(), 1e-15);
  }
}

TEST(GaussianClosure, GivesEachPairItsCovariance) {
  DrawnWeights draw(3);
  for (const auto activation : {Activation::tanh, Activation::relu, Activation::thresholded_step}) {
    const Eigen::MatrixXd w = draw.correlated(6, 8, 0.7);
    const GaussianEnsemble inputs{Eigen::MatrixXd::Identity(6, 6), draw.normals(6, 1)};
    const Eigen::VectorXd b = draw.normals(6, 1);
    const auto outputs = GaussianClosure(activation)(w, inputs, b);
    const Eigen::MatrixXd fields = w * w.transpose();
    const Eigen::VectorXd means = w * inputs.mean + b;
    for (Eigen::Index i = 0; i < 6; ++i) {
      for (Eigen::Index j = 0; j < 6; ++j) {
        const double expected = pair_covariance(activation, {fields(i, i), means(i)},
                                                {fields(j, j), means(j)}, fields(i, j));
        EXPECT_NEAR(outputs.covariance(i, j), expected, 1e-9 * fields.diagonal().maxCoeff());
      }
    }
  }
}

TEST(GaussianClosure, TakesThresholdsOffTheFields) {
  const double tau = tau_of(0.3);
  const auto inputs = GaussianEnsemble::white(3);
  const Eigen::MatrixXd w = 1.5 * Eigen::MatrixXd::Identity(3, 3);
  const auto thresholded =
      GaussianClosure(Activation::thresholded_relu, tau)(w, inputs, no_biases(3));
  const auto shifted =
      GaussianClosure(Activation::relu)(w, inputs, Eigen::VectorXd::Constant(3, -1.5 * tau));
  EXPECT_TRUE(thresholded.covariance.isApprox(shifted.covariance, 1e-14));
  EXPECT_TRUE(thresholded.mean.isApprox(shifted.mean, 1e-14));
}

TEST(GaussianClosure, OfOrthogonalWeightsKeepsWhiteInputsWhite) {
  DrawnWeights draw(4);
  for (const auto activation : {Activation::tanh, Activation::erf}) {
    for (const double inverse :
         inverse_dimensionalities(activation, 60, 6, [&] { return draw.orthogonal(60, 1.5); })) {
      EXPECT_NEAR(inverse, 1, 1e-12);
    }
  }
}

TEST(GaussianClosure, OfOneUnitHasOneDimension) {
  const auto outputs = GaussianClosure(Activation::tanh)(Eigen::MatrixXd::Constant(1, 1, 1.5),
                                                         GaussianEnsemble::white(1), no_biases(1));
  EXPECT_NEAR(linear_dimensionality(outputs.covariance), 1, 1e-15);
  EXPECT_EQ(correlation_strength(outputs.covariance), 0);
}

TEST(GaussianClosure, LeavesUnitsWithoutWeightsStill) {
  DrawnWeights draw(5);
  Eigen::MatrixXd w = draw.correlated(4, 2, 0);
  w.row(2).setZero();
  const auto outputs = GaussianClosure(Activation::tanh)(w, GaussianEnsemble::white(4),
                                                         Eigen::VectorXd::Constant(4, 0.5));
  EXPECT_EQ(outputs.covariance.row(2).norm(), 0);
  EXPECT_NEAR(outputs.mean(2), std::tanh(0.5), 1e-15);
  EXPECT_TRUE(outputs.covariance.allFinite());
}

// Over 48 networks of N = 200, D̃ of one scattered by 0.5/N, 0.6/N and 0.9/N at layers 1 to 3 about
// means 0.1/N, 0.3/N and 0.7/N above the limit. At N = 800, 1% of D̃ are 4.5/N, 3.2/N and 2.5/N:
// 3.4 standard errors of three networks' mean or more, 3e-4. (Layer 8: 1.0/N about 2.3/N, where 1%
// are 1.4/N.)
TEST(GaussianClosure, OfWideNetworksIsTheRecursion) {
  DrawnWeights draw(6);
  const Eigen::Index width = 800;
  std::vector<double> mean(3, 0.0);
  for (int k = 0; k < 3; ++k) {
    const auto inverse = inverse_dimensionalities(Activation::tanh, width, 3,
                                                  [&] { return draw.correlated(width, 1.5, 0); });
    for (std::size_t l = 0; l < 3; ++l) mean[l] += 1 / inverse[l] / 3;
  }
  const auto layers = predict_dimension(tanh_network(1.5, 3), {}).layers;
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_NEAR(mean[l], layers[l].dimensionality, 0.01 * layers[l].dimensionality)
        << "layer " << l + 1;
  }
  // The twin: r = 0.25 moves layer 3 by 4%.
  const auto other = predict_dimension(tanh_network(1.5, 3), {.correlation = 0.25}).layers;
  EXPECT_GT(std::abs(mean[2] - other[2].dimensionality), 0.01 * other[2].dimensionality);
}

TEST(CovarianceMoments, AreThoseOfTheMatrix) {
  const Eigen::MatrixXd c{{2, 1, 0}, {1, 3, -1}, {0, -1, 4}};
  EXPECT_NEAR(linear_dimensionality(c), 81. / (3 * 33), 1e-15);
  EXPECT_NEAR(linear_dimensionality(1e200 * c), 81. / (3 * 33), 1e-15);
  EXPECT_NEAR(correlation_strength(c), 2, 1e-15);
  const auto moments = moments_of({c, Eigen::Vector3d(1, 2, -3)});
  EXPECT_NEAR(moments.variance, 3, 1e-15);
  EXPECT_NEAR(moments.square, 29. / 3, 1e-14);
  EXPECT_NEAR(moments.mean, 0, 1e-15);
  EXPECT_NEAR(moments.mean_square, 14. / 3, 1e-14);
  EXPECT_NEAR(moments.strength, 2, 1e-15);
}

}  // namespace
}  // namespace wideproof::theory
