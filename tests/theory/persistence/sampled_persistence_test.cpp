// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/sampled_persistence.hpp>

#include <cmath>
#include <random>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/persistence/correlation_law.hpp>
#include <wideproof/theory/persistence/independent_neurons.hpp>
#include <wideproof/theory/persistence/spanning_tree.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "cosines.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;

NeuronGroup linear_group(std::int64_t count, const Eigen::MatrixXd& kernel) {
  return {count, {}, kernel};
}

NeuronGroup thresholded_group(std::int64_t count, double f, const Eigen::MatrixXd& kernel) {
  return {count, {Activation::thresholded_relu, tau_of(f)}, kernel};
}

Eigen::MatrixXd white(Eigen::Index samples) {
  return Eigen::MatrixXd::Identity(samples, samples);
}

/// Of `samples` normal vectors of D dimensions.
Eigen::MatrixXd normal_kernel(Eigen::Index samples, Eigen::Index dimension) {
  std::mt19937_64 engine(5);
  std::normal_distribution<double> normal;
  Eigen::MatrixXd x(samples, dimension);
  for (double& entry : x.reshaped()) entry = normal(engine);
  return x * x.transpose() / static_cast<double>(dimension);
}

// Four standard errors of both, 6e-5 each: and what triangles and a finite N add to F, printed as
// .12 of T1 beside 200 trees (.053).
TEST(SampledPersistence, OfAWhiteKernelIsThatOfIndependentNeurons) {
  const auto sampled = sampled_persistence({linear_group(1010, white(256))}, .5, {100, 1});
  EXPECT_EQ(sampled.draws, 100);
  EXPECT_NEAR(sampled.mean.mean_correlation, .05001448,
              4 * sampled.standard_error.mean_correlation);
  EXPECT_NEAR(sampled.mean.t1, -799.541, 4 * std::hypot(.053, sampled.standard_error.t1));
  EXPECT_NEAR(sampled.mean.t2, -.387490, 4 * std::hypot(4e-5, sampled.standard_error.t2));
  EXPECT_LT(sampled.standard_error.t1, .15);
  // The twin: of 266 samples.
  const auto other = independent_persistence(1010, 266);
  EXPECT_GT(std::abs(sampled.mean.t1 - other.total), 20 * sampled.standard_error.t1);
  EXPECT_GT(std::abs(sampled.mean.mean_correlation - other.mean_absolute_correlation),
            20 * sampled.standard_error.mean_correlation);
}

// Printed at their standard errors, of one layer on M = 1000 inputs of unit norm in D = 30
// dimensions: 4 of them, and as much again for these inputs.
TEST(SampledPersistence, OfLatentDimensionsIsThatOfSampledLayers) {
  const auto kernel = random_cosines(1000, 30, 5);
  const auto mean_of = [&](const NeuronGroup& group) {
    return sampled_persistence({group}, .5, {40, 2}).mean.mean_correlation;
  };
  EXPECT_NEAR(mean_of(linear_group(500, kernel)), .1487, 6 * 1e-4);
  EXPECT_NEAR(mean_of(thresholded_group(500, .5, kernel)), .1115, 6 * 1e-4);
  EXPECT_NEAR(mean_of(thresholded_group(500, .1, kernel)), .0442, 6 * 2e-4);
}

// E|ρ| of normal inputs in many dimensions in closed form, and that of another active fraction.
TEST(SampledPersistence, HasTheMeanCorrelationOfItsLaw) {
  const auto kernel = normal_kernel(400, 150);
  const NeuronField field{.tau = tau_of(.5)};
  const double closed = CorrelationLaw(field, field, 150, 400).mean_absolute();
  const auto sampled = sampled_persistence({thresholded_group(300, .5, kernel)}, .5, {60, 3});
  EXPECT_NEAR(sampled.mean.mean_correlation, closed, .01 * closed);
  const auto other = sampled_persistence({thresholded_group(300, .2, kernel)}, .5, {60, 3});
  EXPECT_GT(std::abs(other.mean.mean_correlation - closed), .03 * closed);
}

TEST(SampledPersistence, DependsOnNoScaleOfALayer) {
  const auto kernel = random_cosines(60, 20);
  const auto of = [&](double scale, double of_outputs) {
    return sampled_persistence(
               {thresholded_group(80, .3, scale * kernel), linear_group(10, of_outputs * kernel)},
               .5, {5, 4})
        .mean;
  };
  EXPECT_NEAR(of(1, 1).t1, of(5, .1).t1, 1e-3);
  EXPECT_NEAR(of(1, 1).mean_correlation, of(5, .1).mean_correlation, 1e-6);
}

TEST(SampledPersistence, IsTheSameOfOneSeedAndAnotherOfAnother) {
  const std::vector groups = {linear_group(50, random_cosines(40, 20))};
  const auto one = sampled_persistence(groups, .5, {6, 1});
  EXPECT_EQ(sampled_persistence(groups, .5, {6, 1}).mean.t1, one.mean.t1);
  EXPECT_NE(sampled_persistence(groups, .5, {6, 2}).mean.t1, one.mean.t1);
}

TEST(SampledPersistence, T2WeighsDeviationAndMean) {
  const std::vector groups = {linear_group(50, random_cosines(40, 20))};
  const auto of = [&](double a) { return sampled_persistence(groups, a, {6, 1}).mean; };
  EXPECT_NEAR(of(0).t2, of(0).t1 / 49, 1e-12);
  EXPECT_NEAR(of(.25).t2, .25 * of(1).t2 + .75 * of(0).t2, 1e-12);
}

// Three inputs, each twice: a kernel of rank 3, whose neurons have correlations over 3 samples.
TEST(SampledPersistence, TakesSamplesThatCoincide) {
  Eigen::MatrixXd kernel = Eigen::MatrixXd::Zero(6, 6);
  for (Eigen::Index i = 0; i < 3; ++i) kernel.block(2 * i, 2 * i, 2, 2).setOnes();
  const auto twice = sampled_persistence({linear_group(40, kernel)}, .5, {400, 1});
  EXPECT_NEAR(twice.mean.mean_correlation, independent_mean_correlation(3),
              4 * twice.standard_error.mean_correlation);
}

// Of f = .05 over 12 white samples .95^12 of the neurons are silent.
TEST(SampledPersistence, GivesSilentNeuronsNoCorrelation) {
  const auto sampled = sampled_persistence({thresholded_group(60, .05, white(12))}, 0, {300, 1});
  const double silent = std::pow(.95, 12);
  // Their edges weigh 1, all but one of them in any case.
  EXPECT_LT(sampled.mean.t1, -59 * silent * .9);
  EXPECT_GT(sampled.mean.mean_correlation, independent_mean_correlation(12) * .5);
  EXPECT_TRUE(std::isfinite(sampled.mean.t2));
}

TEST(NeuronGroups, OfANetworkAreItsLayersAndItsOutputs) {
  const model::Network network({.depth = 3, .active_fraction = .3});
  const auto prediction = predict(network, random_cosines(30, 20));
  const auto groups = neuron_groups(network, prediction, 50, 10);
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 4u);
  EXPECT_EQ((*groups)[1].count, 50);
  EXPECT_EQ((*groups)[1].response.tau, tau_of(.3));
  EXPECT_EQ((*groups)[1].kernel, prediction.layers[1].preactivation);
  EXPECT_EQ((*groups)[3].response.activation, Activation::linear);
  EXPECT_EQ((*groups)[3].kernel, prediction.layers[2].gram);
  EXPECT_FALSE(neuron_groups(
      model::Network({.depth = 3, .postsynaptic = model::LateralFilter::box(3)}), prediction, 50));
}

/// Mean of z z' over draws of unit normals of this correlation, over that of z z.
double sampled_cosine(const LimitResponse& response, double c) {
  std::mt19937_64 engine(8);
  std::normal_distribution<double> normal;
  Eigen::ArrayXXd h(200'000, 2);
  for (double& entry : h.reshaped()) entry = normal(engine);
  h.col(1) = c * h.col(0) + std::sqrt(1 - c * c) * h.col(1);
  response.apply(h, Eigen::ArrayXd::Ones(2));
  return (h.col(0) * h.col(1)).sum() / std::sqrt(h.col(0).square().sum() * h.col(1).square().sum());
}

// 200,000 draws know a cosine to .003.
TEST(LimitResponse, HasTheKernelOfEachActivation) {
  Eigen::MatrixXd cosines = Eigen::MatrixXd::Identity(2, 2);
  cosines(0, 1) = cosines(1, 0) = .6;
  for (const auto activation :
       {Activation::thresholded_relu, Activation::thresholded_step, Activation::relu,
        Activation::erf, Activation::tanh, Activation::linear, Activation::sparse_projection}) {
    const bool is_signed_or_not[] = {false, true};
    for (const bool is_signed : is_signed_or_not) {
      const model::Network network({.depth = 1,
                                    .activation = activation,
                                    .active_fraction = .2,
                                    .sparseness = .6,
                                    .is_signed = is_signed,
                                    .weight_variance = 1.0});
      const double expected = predict(network, cosines).layers[0].correlation(0, 1);
      EXPECT_NEAR(sampled_cosine(limit_response(network), .6), expected, .012)
          << name_of(activation);
    }
  }
}

TEST(SampledPersistence, RefusesWhatHasNone) {
  const auto kernel = random_cosines(20, 5);
  EXPECT_THROW(sampled_persistence({linear_group(30, Eigen::MatrixXd::Ones(20, 20))}),
               model::InputError);
  EXPECT_THROW(sampled_persistence({linear_group(1, kernel)}), model::InputError);
  EXPECT_THROW(sampled_persistence({linear_group(30, random_cosines(2, 5))}), model::InputError);
  EXPECT_THROW(sampled_persistence({linear_group(30, kernel)}, 1.5), model::InputError);
  EXPECT_THROW(sampled_persistence({linear_group(30, kernel)}, .5, {1, 0}), model::InputError);
  EXPECT_THROW(sampled_persistence({}), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
