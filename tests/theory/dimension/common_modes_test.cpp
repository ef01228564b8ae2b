// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/common_modes.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/dimension/dimension_recursion.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "panels.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::Synapses;
using model::ThresholdRule;

std::vector<double> rectifier_dimensions(double active_fraction, ThresholdRule rule,
                                         const Synapses& synapses, std::int64_t taps = 1) {
  const Network network({.depth = 5,
                         .active_fraction = active_fraction,
                         .threshold = rule,
                         .weight_variance = 5,
                         .presynaptic = LateralFilter::box(taps)});
  std::vector<double> result;
  for (const auto& layer : predict_dimension(network, synapses).layers) {
    result.push_back(layer.dimensionality);
  }
  return result;
}

void expect_measured(const std::vector<double>& values, const std::vector<double>& measured,
                     const std::vector<double>& errors, double finite_width) {
  ASSERT_EQ(values.size(), measured.size());
  for (std::size_t l = 0; l < values.size(); ++l) {
    EXPECT_NEAR(values[l], measured[l], 4 * errors[l] + finite_width) << "layer " << l + 1;
  }
}

// Sampled networks of N = 1600 on 4000 white inputs each, the traces of C² from two halves; means
// and standard errors of two networks, measured once with NumPy. Their distance from the limit
// is taken to be that of N = 400, which was 0.011 at most beyond its own error.
TEST(CommonModes, AgreeWithSampledNetworks) {
  const Synapses correlated{.correlation = 1};
  expect_measured(rectifier_dimensions(.3, ThresholdRule::std, correlated, 5),
                  {.6313, .0736, .0256, .0123, .0060}, {.0063, .0054, .0005, .0005, .0003}, .011);
  expect_measured(rectifier_dimensions(.3, ThresholdRule::quantile, correlated, 5),
                  {.7666, .2203, .1292, .0905, .0687}, {.0002, .0026, .0008, .0008, .0008}, .011);
  // The twin: r²K² in place of the modes is out of reach.
  Synapses mixed = correlated;
  mixed.signs = model::SynapseSigns::mixed;
  EXPECT_GT(rectifier_dimensions(.3, ThresholdRule::std, mixed, 5)[1], .0736 + 4 * .0054 + .011);
}

TEST(CommonModes, AreRemovedByThresholdsThatKeepTheFraction) {
  const auto correlated = rectifier_dimensions(.3, ThresholdRule::quantile, {.correlation = 2});
  const auto independent = rectifier_dimensions(.3, ThresholdRule::quantile, {});
  for (std::size_t l = 0; l < 5; ++l) EXPECT_NEAR(correlated[l], independent[l], 1e-13);
}

TEST(CommonModes, AreAllOfTheCorrelationAtTheFirstLayer) {
  const double r = 1.3;
  const Synapses uniform{.correlation = r};
  const Synapses mixed{.correlation = r, .signs = model::SynapseSigns::mixed};
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std}) {
    EXPECT_NEAR(rectifier_dimensions(.2, rule, uniform)[0],
                rectifier_dimensions(.2, rule, mixed)[0], 1e-13);
  }
}

// ReLUs on white inputs, g² = 2: fields of the first layer have no mean. So m = 1/√π, p = ½,
// K = 1 − 1/π of the first layer, its mode v = ½, and its fields' variance follows it with
// 2m(1 − p) = 1/√π. At the second layer ζ = z/√2, D = 2/√π; the panels know of Δ and h alone.
TEST(CommonModes, OfTwoRectifierLayersAreWhatTheirDefinitionSays) {
  const double pi = std::numbers::pi;
  const double r = 0.8;
  const double variance = 1 - 1 / pi;
  const double delta = 2 * variance;
  const double field = 2 / pi;
  double v = 0, v2 = 0, kappa = 0, old_old = 0, old_new = 0;
  for (const auto& [z, weight] : panel_nodes(edges_around(0))) {
    const double w = weight * normal_density(z);
    const double mu = std::sqrt(field) * z;
    const double k = mu / std::sqrt(delta);
    const double p = normal_tail(-k);
    const double mean = std::sqrt(delta) * normal_density(k) + mu * p;
    const double square = (delta + mu * mu) * p + std::sqrt(delta) * mu * normal_density(k);
    v += w * (square - mean * mean);
    v2 += w * std::pow(square - mean * mean, 2);
    kappa += w * p * p;
    const double mode =
        p * z / std::sqrt(2) + 1 / std::sqrt(pi) * normal_density(k) / std::sqrt(delta);
    old_old += w * mode * mode;
    old_new += w * mode * p;
  }
  const double first_strength = 0.25 * (1 + 0) * 1;  // κ²g⁴[K₂ + S]/… with κ = ¼, g⁴ = 4
  const double bulk = kappa * kappa * 4 * (variance * variance + first_strength);
  const double old_share = 2 * r;             // r g²K of the inputs
  const double new_share = 2 * r * variance;  // and of the first layer
  const double modes = std::pow(old_share * old_old, 2) +
                       2 * old_share * new_share * old_new * old_new +
                       std::pow(new_share * kappa, 2);
  const auto layers =
      predict_dimension(Network({.depth = 2, .activation = Activation::relu, .weight_variance = 2}),
                        {.correlation = r})
          .layers;
  EXPECT_NEAR(layers[0].moments.strength, first_strength * (1 + r * r), 1e-13);
  EXPECT_NEAR(layers[1].moments.variance, v, 1e-13);
  EXPECT_NEAR(layers[1].moments.square, v2, 1e-13);
  EXPECT_NEAR(layers[1].moments.strength, bulk + modes, 1e-12);
}

}  // namespace
}  // namespace wideproof::theory
