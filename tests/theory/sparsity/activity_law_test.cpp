// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/activity_law.hpp>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "panels.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

constexpr double fractions[] = {.5, .3, .1};
constexpr ThresholdRule rules[] = {ThresholdRule::fixed, ThresholdRule::std,
                                   ThresholdRule::quantile};

Network rectifiers(double f, ThresholdRule rule, const LateralFilter& receivers = {}) {
  return Network({.active_fraction = f, .threshold = rule, .postsynaptic = receivers});
}

Network of_activation(Activation activation) {
  return Network({.activation = activation, .weight_variance = 1.5});
}

TEST(ActivityLaw, HasThePrintedLimits) {
  const double ratios[] = {.5641895835, .4255064661, .2387318872};
  const double hoyers[] = {.4358104165, .5744935339, .7612681128};
  const double activities[] = {.3183098862, .1810557527, .0569929139};
  for (int i = 0; i < 3; ++i) {
    for (const auto rule : rules) {
      const ActivityLaw law(rectifiers(fractions[i], rule), 3.0);
      EXPECT_NEAR(law.ratio(), ratios[i], printed(10));
      EXPECT_NEAR(law.hoyer(), hoyers[i], printed(10));
      EXPECT_NEAR(law.treves_rolls(), activities[i], printed(10));
    }
  }
}

TEST(ActivityLaw, HasThePrintedVariances) {
  const double variances[3][3] = {
      {.124648, .124648, .046666}, {.159454, .149736, .054484}, {.194169, .155547, .066094}};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const ActivityLaw law(rectifiers(fractions[i], rules[j]));
      EXPECT_NEAR(*law.variance(), variances[i][j], printed(6)) << fractions[i] << " " << j;
    }
  }
}

TEST(ActivityLaw, HasThePrintedBiasOfFixedThresholds) {
  const double biases[] = {.211571, .329032, .734615};
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(*ActivityLaw(rectifiers(fractions[i], ThresholdRule::fixed)).bias(), biases[i],
                printed(6));
  }
}

/// Printed n·Var of sampled layers of 1000, to three digits and without errors. Those of the biases
/// beside them say 20,000 layers, which is 1% of a variance; 4 of these, and the last digit.
TEST(ActivityLaw, HasTheVariancesOfPrintedSamples) {
  const double sampled[3][3] = {{.126, .126, .046}, {.162, .152, .054}, {.188, .152, .064}};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const double margin = .04 * sampled[i][j] + .0005;
      const double variance = *ActivityLaw(rectifiers(fractions[i], rules[j])).variance();
      EXPECT_NEAR(variance, sampled[i][j], margin) << fractions[i] << " " << name_of(rules[j]);
      // The twin: quantiles, or in their place thresholds that stay.
      const auto other = j == 2 ? ThresholdRule::fixed : ThresholdRule::quantile;
      EXPECT_GT(std::abs(*ActivityLaw(rectifiers(fractions[i], other)).variance() - sampled[i][j]),
                10 * margin);
    }
  }
}

/// Printed n(E r̂ − r) of the same layers: six comparisons at 4 standard errors.
TEST(ActivityLaw, HasTheBiasOfPrintedSamples) {
  const double fixed[3][2] = {{.28, .08}, {.27, .09}, {.66, .10}};
  const double quantile[3][2] = {{.05, .05}, {.21, .05}, {.93, .06}};
  for (int i = 0; i < 3; ++i) {
    const double f = fractions[i];
    EXPECT_NEAR(*ActivityLaw(rectifiers(f, ThresholdRule::fixed)).bias(), fixed[i][0],
                4 * fixed[i][1]);
    EXPECT_NEAR(*ActivityLaw(rectifiers(f, ThresholdRule::quantile)).bias(), quantile[i][0],
                4 * quantile[i][1]);
  }
}

/// Sampled with NumPy: 300,000 layers of 1000 neurons each, 1.2 million for
/// std, which lies nearer to fixed. Eight comparisons at 4 standard errors
/// fail by chance once in 2000 times; the next order in 1/n is a tenth of one.
struct SampledBias {
  double active_fraction;
  ThresholdRule rule;
  double bias, error;
};
constexpr SampledBias sampled_biases[] = {
    {.5, ThresholdRule::fixed, 0.2095, 0.0172},    {.5, ThresholdRule::quantile, 0.0145, 0.0117},
    {.3, ThresholdRule::fixed, 0.2899, 0.0230},    {.3, ThresholdRule::std, 0.4316, 0.0108},
    {.3, ThresholdRule::quantile, 0.2493, 0.0132}, {.1, ThresholdRule::fixed, 0.7212, 0.0276},
    {.1, ThresholdRule::std, 0.9014, 0.0113},      {.1, ThresholdRule::quantile, 0.9132, 0.0147}};

TEST(ActivityLaw, HasTheBiasOfSampledLayers) {
  for (const auto& [f, rule, bias, error] : sampled_biases) {
    EXPECT_NEAR(*ActivityLaw(rectifiers(f, rule)).bias(), bias, 4 * error)
        << f << " " << name_of(rule);
  }
}

TEST(ActivityLaw, IsToldFromAnotherRulesBias) {
  for (const auto& [f, rule, bias, error] : sampled_biases) {
    if (rule == ThresholdRule::fixed) continue;
    const double wrong = *ActivityLaw(rectifiers(f, ThresholdRule::fixed)).bias();
    EXPECT_GT(std::abs(wrong - bias), 6 * error) << f << " " << name_of(rule);
  }
}

/// ψ of one neuron, by its definition.
double influence_at(const Network& network, const ActivityLaw& law, double u) {
  const double f = network.active_fraction();
  const double tau = is_thresholded(network.activation()) ? tau_of(f) : 0;
  const double g = normal_density(tau);
  const bool is_step = network.activation() == Activation::thresholded_step;
  double value = network.activation() == Activation::linear ? std::abs(u) : positive_part(u - tau);
  if (is_step) value = u > tau ? 1 : 0;
  double influence = 0;
  if (is_thresholded(network.activation()) && network.threshold() == ThresholdRule::std) {
    influence = 0.5 * tau * (u * u - 1);
  }
  if (is_thresholded(network.activation()) && network.threshold() == ThresholdRule::quantile) {
    influence = ((u > tau ? 1 : 0) - f) / g;
  }
  const double of_mean = is_step ? g : f;
  const double of_square = is_step ? g : 2 * law.mean();
  return law.ratio() * ((value - of_mean * influence) / law.mean() -
                        (value * value - of_square * influence) / (2 * law.mean_square()) - 0.5);
}

void expect_covariance_of_influences(const Network& network, double c) {
  const ActivityLaw law(network);
  const double r = std::sqrt(1 - c * c);
  const double tau = is_thresholded(network.activation()) ? tau_of(network.active_fraction()) : 0;
  const auto nodes = panel_nodes(edges_around(tau));
  double sum = 0;
  for (const auto& [u, du] : nodes) {
    const double at_u = influence_at(network, law, u) * normal_density(u) * du;
    for (const auto& [v, dv] : nodes) {
      sum += at_u * dv * normal_density((v - c * u) / r) / r * influence_at(network, law, v);
    }
  }
  // Panels of length 1 do not quite resolve the density across the ridge.
  EXPECT_NEAR(*law.covariance(c), sum, 1e-9)
      << network.activation_name() << " " << name_of(network.threshold()) << " " << c;
}

TEST(ActivityLaw, IsTheCovarianceOfInfluencesByQuadrature) {
  for (const auto activation :
       {Activation::thresholded_relu, Activation::thresholded_step, Activation::linear}) {
    for (const auto rule : rules) {
      for (const double c : {-.5, 0.0, .6}) {
        expect_covariance_of_influences(Network({.activation = activation,
                                                 .active_fraction = .2,
                                                 .threshold = rule,
                                                 .weight_variance = 1.0}),
                                        c);
      }
    }
  }
}

// n = 2000, 30,000 layers, f = .3, box of 5 on A: three comparisons at 4 standard errors of n·Var.
TEST(ActivityLaw, OfCorrelatedReceiversIsThatOfSampledLayers) {
  const double sampled[3] = {0.54114, 0.50738, 0.08343};
  const double errors[3] = {4.4e-03, 4.1e-03, 6.8e-04};
  for (int j = 0; j < 3; ++j) {
    const ActivityLaw law(rectifiers(.3, rules[j], LateralFilter::box(5)));
    const ActivityLaw without(rectifiers(.3, rules[j]));
    EXPECT_NEAR(*law.variance(), sampled[j], 4 * errors[j]) << j;
    EXPECT_GT(std::abs(*without.variance() - sampled[j]), 20 * errors[j]) << "no test of A";
  }
}

TEST(ActivityLaw, OfUniformReceiversIsTheirFirstHermiteDegree) {
  const double slope = 1e-5;
  for (const auto rule : rules) {
    const ActivityLaw plain(rectifiers(.2, rule));
    const ActivityLaw uniform(rectifiers(.2, rule, LateralFilter::uniform(3)));
    const double first = *plain.covariance(slope) - *plain.covariance(-slope);
    EXPECT_NEAR(*uniform.covariance(.7) - *plain.covariance(.7), 3 * .7 * first / (2 * slope),
                1e-8);
  }
}

TEST(ActivityLaw, OfStepsIsThatOfTheirNumber) {
  const auto steps = [](ThresholdRule rule) {
    return ActivityLaw(Network({.activation = Activation::thresholded_step,
                                .active_fraction = .2,
                                .threshold = rule,
                                .weight_variance = 1.0}));
  };
  EXPECT_NEAR(steps(ThresholdRule::fixed).ratio(), std::sqrt(.2), 1e-15);
  EXPECT_NEAR(*steps(ThresholdRule::fixed).variance(), .8 / 4, 1e-15);
  // √ of a mean of 0s and 1s: −Var/(8 f^{3/2}).
  EXPECT_NEAR(*steps(ThresholdRule::fixed).bias(), -.16 / (8 * std::pow(.2, 1.5)), 1e-14);
  EXPECT_NEAR(*steps(ThresholdRule::quantile).variance(), 0, 1e-15);
  EXPECT_FALSE(steps(ThresholdRule::quantile).bias());
  EXPECT_FALSE(steps(ThresholdRule::fixed).slope());
  EXPECT_EQ(steps(ThresholdRule::std).slope(), 0);
}

TEST(ActivityLaw, OfActivationsWithoutThreshold) {
  const ActivityLaw linear(of_activation(Activation::linear));
  EXPECT_NEAR(linear.ratio(), std::sqrt(2 * std::numbers::inv_pi), 1e-15);
  EXPECT_NEAR(*linear.variance(), 1 - 3 * std::numbers::inv_pi, 1e-15);
  const ActivityLaw relu(of_activation(Activation::relu), 7.0);
  EXPECT_NEAR(relu.ratio(), std::sqrt(std::numbers::inv_pi), 1e-15);
  EXPECT_NEAR(*relu.variance(), .124648, printed(6));
  const ActivityLaw erf(of_activation(Activation::erf), 1.7);
  EXPECT_NEAR(erf.mean(), 2 * std::numbers::inv_pi * std::atan(std::sqrt(3.4)), 1e-14);
  EXPECT_NEAR(erf.mean_square(), 2 * std::numbers::inv_pi * std::asin(3.4 / 4.4), 1e-14);
  EXPECT_FALSE(erf.covariance(.5));
  EXPECT_FALSE(erf.slope());
}

TEST(ActivityLaw, OfSmoothActivationsAgreesWithQuadrature) {
  const double q = 2.5;
  double moments[5] = {};
  for (const auto& [u, du] : panel_nodes(edges_around(0))) {
    double power = du * normal_density(u);
    for (double& moment : moments) {
      moment += power;
      power *= std::abs(std::tanh(std::sqrt(q) * u));
    }
  }
  const ActivityLaw law(of_activation(Activation::tanh), q);
  EXPECT_NEAR(law.mean(), moments[1], 1e-12);
  EXPECT_NEAR(law.mean_square(), moments[2], 1e-12);
  const double m1 = moments[1];
  const double m2 = moments[2];
  const double variance = (moments[2] - m1 * m1) / (m1 * m1) +
                          (moments[4] - m2 * m2) / (4 * m2 * m2) - (moments[3] / (m1 * m2) - 1);
  EXPECT_NEAR(*law.variance(), m1 * m1 / m2 * variance, 1e-11);
  const double bias =
      3 * (moments[4] - m2 * m2) / (8 * m2 * m2) - (moments[3] - m1 * m2) / (2 * m1 * m2);
  EXPECT_NEAR(*law.bias(), m1 / std::sqrt(m2) * bias, 1e-11);
  // What saturates has activities that are all alike.
  EXPECT_NEAR(ActivityLaw(of_activation(Activation::tanh), 1e6).ratio(), 1, 1e-3);
}

TEST(ActivityLaw, SlopesAreThoseOfAThresholdThatStays) {
  for (const double f : {.1, .3, .7}) {
    const ActivityLaw law(rectifiers(f, ThresholdRule::fixed));
    const double tau = tau_of(f);
    const auto ratio_at = [&](double q) {
      return ActivityLaw(rectifiers(normal_tail(tau / std::sqrt(q)), ThresholdRule::fixed)).ratio();
    };
    const double step = 1e-3;
    const double up = ratio_at(1 + step);
    const double down = ratio_at(1 - step);
    EXPECT_NEAR(*law.slope(), (up - down) / (2 * step), 3e-7);
    EXPECT_NEAR(*law.curvature(), (up - 2 * law.ratio() + down) / (step * step), 3e-6);
    EXPECT_EQ(ActivityLaw(rectifiers(f, ThresholdRule::quantile)).slope(), 0);
  }
}

TEST(ActivityLaw, SaysWhatIsNotDerived) {
  EXPECT_FALSE(ActivityLaw(rectifiers(.3, ThresholdRule::quantile, LateralFilter::box(3))).bias());
  EXPECT_TRUE(ActivityLaw(rectifiers(.3, ThresholdRule::std, LateralFilter::box(3))).bias());
  const Network smooth({.activation = Activation::tanh,
                        .weight_variance = 1.5,
                        .postsynaptic = LateralFilter::box(3)});
  EXPECT_FALSE(ActivityLaw(smooth).variance());
}

TEST(ActiveNeurons, AreThoseAboveTheInterpolatedQuantile) {
  for (const std::int64_t width : {1, 2, 10, 11, 1000}) {
    for (const double f : {.1, .25, .5, .73}) {
      // Values 0, 1, … n−1: the quantile is the position itself.
      const double position = static_cast<double>(width - 1) * (1 - f);
      std::int64_t count = 0;
      for (std::int64_t i = 0; i < width; ++i) count += static_cast<double>(i) > position ? 1 : 0;
      EXPECT_EQ(active_neurons(width, f), count) << width << " " << f;
    }
  }
  EXPECT_THROW(active_neurons(10, 1.2), model::InputError);
  EXPECT_THROW(active_neurons(0, .5), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
