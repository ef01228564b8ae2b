// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/correlation_law.hpp>

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/persistence/independent_neurons.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

NeuronField rectified(double f, double share = 0) {
  return {.tau = tau_of(f), .common_share = share};
}

CorrelationLaw law_of(const NeuronField& field, double dimension, std::int64_t samples) {
  return {field, field, dimension, samples};
}

// mpmath, 20 digits, of the integral over r with ε of deviation (1−c²)/√M. Beside them the printed
// values of sampled layers, at 4 standard errors.
TEST(CorrelationLaw, HasThePrintedMeanCorrelations) {
  const auto linear = law_of({.linear = true}, 300, 4000);
  const auto half = law_of(rectified(.5), 300, 4000);
  const auto sparse = law_of(rectified(.1), 300, 4000);
  EXPECT_NEAR(linear.mean_absolute(), .04779581, 1e-8);
  EXPECT_NEAR(half.mean_absolute(), .03608881, 1e-8);
  EXPECT_NEAR(sparse.mean_absolute(), .01779485, 1e-8);
  EXPECT_NEAR(linear.mean_absolute(), .04785, 4 * 7e-5);
  EXPECT_NEAR(half.mean_absolute(), .03610, 4 * 4e-5);
  EXPECT_NEAR(sparse.mean_absolute(), .01776, 4 * 2e-5);
  // Printed laws, of r that is normal, which theirs is but for 1/D: within a sample's error.
  EXPECT_NEAR(linear.mean_absolute(), .04776, 7e-5);
  EXPECT_NEAR(half.mean_absolute(), .03609, 4e-5);
  EXPECT_NEAR(sparse.mean_absolute(), .01781, 2e-5);
  // A twentieth of the dimensions more is told from it.
  EXPECT_GT(std::abs(law_of(rectified(.5), 315, 4000).mean_absolute() - .03610), 8 * 4e-5);
  EXPECT_GT(std::abs(law_of(rectified(.11), 300, 4000).mean_absolute() - .01776), 8 * 2e-5);
}

TEST(CorrelationLaw, OfLinearNeuronsIsThatOfVectorsInDDimensions) {
  const auto law = law_of({.linear = true}, 40, 1'000'000);
  for (const double x : {.05, .2, .5}) {
    EXPECT_NEAR(law.tail(x), independent_correlation_tail(x, 41), 2e-5);
  }
  EXPECT_NEAR(law.mean_absolute(), independent_mean_correlation(41), 2e-5);
  EXPECT_NEAR(law.root_mean_square(), std::sqrt(1. / 40), 2e-5);
}

TEST(CorrelationLaw, OfManyDimensionsIsNoiseAlone) {
  const auto law = law_of(rectified(.3), 1e6, 400);
  EXPECT_NEAR(law.mean_absolute(), std::sqrt(2 * std::numbers::inv_pi / 400), 2e-5);
  for (const double x : {.02, .1, .15}) EXPECT_NEAR(law.tail(x), 2 * normal_tail(20 * x), 2e-4);
}

TEST(CorrelationLaw, HasATailOfItsMean) {
  for (const auto& field : {rectified(.5), rectified(.1, .3)}) {
    const auto law = law_of(field, 30, 256);
    EXPECT_NEAR(law.tail(0), law.alive(), 1e-9);
    std::vector<double> edges;
    for (int i = 0; i <= 100; ++i) edges.push_back(i / 100.0);
    double sum = 0;
    for (const auto& [x, dx] : panel_nodes(edges)) sum += dx * law.tail(x);
    EXPECT_NEAR(sum, law.alive() * law.mean_absolute(), 1e-5);
    EXPECT_EQ(law.tail(-1), 1);
  }
}

// Sampled with NumPy: 500 neurons of f = .5 on 1000 inputs of unit norm, 30% of it common to all
// and 30 dimensions for the rest; at f = .1 neurons that are active for few inputs have other
// noise.
TEST(CorrelationLaw, OfNeuronsWithACommonShareIsThatOfSampledLayers) {
  const auto law = law_of(rectified(.5, .3), 30, 1000);
  EXPECT_NEAR(law.mean_absolute(), .10393, 4 * 7.6e-4);
  EXPECT_GT(std::abs(law_of(rectified(.5), 30, 1000).mean_absolute() - .10393), 8 * 7.6e-4);
}

TEST(CorrelationLaw, OfALinearAndARectifiedNeuronIsBetweenTheirOwn) {
  const NeuronField linear{.linear = true};
  const CorrelationLaw mixed(linear, rectified(.5), 1e3, 1'000'000);
  // Stein: c = r f/√Var, f = ½, Var = ½ − 1/2π
  const double slope = .5 / std::sqrt(.5 - .5 * std::numbers::inv_pi);
  EXPECT_NEAR(std::pow(mixed.root_mean_square(), 2), slope * slope / 1e3 + 1e-6, 1e-8);
  EXPECT_NEAR(mixed.mean_absolute(),
              CorrelationLaw(rectified(.5), linear, 1e3, 1'000'000).mean_absolute(), 1e-12);
}

TEST(CorrelationLaw, CountsSilentNeurons) {
  const auto law = law_of(rectified(.01), 50, 100);
  EXPECT_NEAR(law.alive(), std::pow(1 - std::pow(.99, 100), 2), 1e-12);
  EXPECT_NEAR(law_of({.linear = true}, 50, 100).alive(), 1, 1e-14);
}

TEST(CorrelationLaw, RefusesWhatHasNone) {
  EXPECT_THROW(law_of(rectified(.5), 1, 100), model::InputError);
  EXPECT_THROW(law_of(rectified(.5), 10, 2), model::InputError);
  EXPECT_THROW(law_of(rectified(.5, 1), 10, 100), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
