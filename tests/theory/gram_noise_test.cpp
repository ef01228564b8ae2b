// SPDX-License-Identifier: MIT
#include <wideproof/theory/gram_noise.hpp>

#include <cmath>

#include <Eigen/Eigenvalues>

#include <gtest/gtest.h>
#include <wideproof/theory/neuron_features.hpp>
#include <wideproof/theory/normal_tail.hpp>
#include <wideproof/theory/thresholded_relu_kernel.hpp>

#include "panels.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

constexpr ThresholdRule all_rules[] = {ThresholdRule::fixed, ThresholdRule::std,
                                       ThresholdRule::quantile};

NeuronResponse response_at(double f, ThresholdRule rule) {
  return {.tau = tau_of(f), .rule = rule};
}

GramNoise noise_at(double f, ThresholdRule rule, const LateralFilter& presynaptic = {}) {
  const Network network({.active_fraction = f, .threshold = rule, .presynaptic = presynaptic});
  return {network, *neuron_response(network), 1};
}

/// The features of a neuron that has u and v, by their definition.
FeatureVector features_of(const NeuronResponse& response, double u, double v) {
  const double tau = response.tau;
  const double f = normal_tail(tau);
  const auto influence = [&](double x) {
    if (response.rule == ThresholdRule::std) return 0.5 * tau * (x * x - 1);
    if (response.rule == ThresholdRule::fixed) return 0.0;
    return ((x > tau ? 1 : 0) - f) / normal_density(tau);
  };
  const double a = positive_part(u - tau);
  const double b = positive_part(v - tau);
  FeatureVector features;
  features << a * a, a * b, b * b, a, b, influence(u), influence(v);
  return features;
}

TEST(NeuronFeatures, AgreeWithQuadrature) {
  for (const auto rule : all_rules) {
    for (const double f : {.1, .5, .7}) {
      const auto response = response_at(f, rule);
      for (const double c : {-.4, 0.0, .6}) {
        const double r = std::sqrt(1 - c * c);
        FeatureVector mean = FeatureVector::Zero();
        FeatureMatrix square = FeatureMatrix::Zero();
        const auto nodes = panel_nodes(edges_around(response.tau));
        for (const auto& [u, du] : nodes) {
          for (const auto& [v, dv] : nodes) {
            const double weight = du * dv * normal_density(u) * normal_density((v - c * u) / r) / r;
            const auto x = features_of(response, u, v);
            mean += weight * x;
            square += weight * x * x.transpose();
          }
        }
        const NeuronFeatures features(response, c);
        const FeatureMatrix covariance = square - mean * mean.transpose();
        // Panels of length 1 do not quite resolve the density across the ridge: 1e-11.
        EXPECT_LT((features.mean - mean).cwiseAbs().maxCoeff(), 1e-11);
        EXPECT_LT((features.covariance - covariance).cwiseAbs().maxCoeff(), 1e-10)
            << name_of(rule) << " " << f << " " << c;
      }
    }
  }
}

TEST(GramNoise, HasThePrintedRelativeVariances) {
  const double printed_kappa[3][3] = {
      {5, 5, 5}, {10.378022, 7.8855986, 9.0040373}, {38.586922, 27.655622, 30.831666}};
  const double fractions[] = {.5, .3, .1};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const double kappa = noise_at(fractions[i], all_rules[j]).plain_relative_variance();
      EXPECT_NEAR(kappa, printed_kappa[i][j], printed(i == 1 && j > 0 ? 7 : 6));
    }
  }
}

TEST(GramNoise, HasThePrintedVarianceOffTheDiagonal) {
  const double expected[] = {.01400, .01193, .01188};
  for (int j = 0; j < 3; ++j) {
    const auto noise = noise_at(.1, all_rules[j]).gram(.5);
    EXPECT_NEAR(noise(entry_ab, entry_ab), expected[j], j == 2 ? 1e-5 : printed(5));
  }
}

TEST(GramNoise, HasThePrintedVarianceWithCorrelatedSenders) {
  const auto noise = noise_at(.1, ThresholdRule::fixed, LateralFilter::box(13));
  EXPECT_NEAR(noise.next(1.0)(entry_aa, entry_aa), .22513, printed(5));
  // Var(φ²+2mμφ) + 2 ΣB² Var(φ)²
  const double wrong =
      noise_at(.1, ThresholdRule::fixed, LateralFilter::uniform(12)).next(1.0)(entry_aa, entry_aa);
  EXPECT_GT(std::abs(wrong - .22513), 10 * printed(5)) << "the degenerate part cannot be seen";
}

TEST(GramNoise, OfEqualInputsIsThatOfOne) {
  for (const auto rule : all_rules) {
    for (const auto& filter : {LateralFilter(), LateralFilter::box(5)}) {
      const auto noise = noise_at(.2, rule, filter);
      for (const Eigen::Matrix3d& matrix : {noise.gram(1.0), noise.next(1.0)}) {
        const double spread = matrix.maxCoeff() - matrix.minCoeff();
        EXPECT_LT(spread, 1e-13 * matrix(0, 0)) << name_of(rule);
      }
    }
  }
}

TEST(GramNoise, IsACovariance) {
  for (const auto rule : all_rules) {
    const auto noise = noise_at(.2, rule, LateralFilter::box(5));
    for (const double c : {-1.0, -.5, 0.0, .5, .99}) {
      for (const Eigen::Matrix3d& matrix : {noise.gram(c), noise.next(c)}) {
        EXPECT_LT((matrix - matrix.transpose()).cwiseAbs().maxCoeff(), 1e-15);
        const auto values = matrix.selfadjointView<Eigen::Lower>().eigenvalues();
        EXPECT_GT(values.minCoeff(), -1e-14) << c;
      }
    }
  }
}

TEST(GramNoise, OfLinearNeuronsIsWisharts) {
  const Network network({.activation = model::Activation::linear});
  const GramNoise noise(network, *neuron_response(network), 1);
  const double c = .3;
  const auto matrix = noise.gram(c);
  EXPECT_EQ(noise.plain_relative_variance(), 2);
  EXPECT_DOUBLE_EQ(matrix(entry_ab, entry_ab), 1 + c * c);
  EXPECT_DOUBLE_EQ(matrix(entry_aa, entry_bb), 2 * c * c);
  EXPECT_DOUBLE_EQ(matrix(entry_aa, entry_ab), 2 * c);
}

}  // namespace
}  // namespace wideproof::theory
