// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/gram_noise.hpp>

#include <cmath>
#include <string>

#include <Eigen/Eigenvalues>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/neuron_features.hpp>

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

Eigen::Matrix3d gram_at(const GramNoise& noise, const NeuronResponse& response, double c) {
  return noise.gram(NeuronFeatures(response, 1 - c)).entries();
}

Eigen::Matrix3d next_at(const GramNoise& noise, const NeuronResponse& response, double c) {
  return noise.next(NeuronFeatures(response, 1 - c)).entries();
}

using PairFeatures = Eigen::Matrix<double, 7, 1>;

/// Sums and differences of the features of a neuron that has u and v, and half the squared distance
/// of its values, by their definition.
PairFeatures features_of(const NeuronResponse& response, double u, double v) {
  const double tau = response.tau;
  const double f = normal_tail(tau);
  const auto one = [&](double x) {
    const double value = positive_part(x - tau);
    double influence = 0;
    if (response.is_std()) influence = 0.5 * tau * (x * x - 1);
    if (response.is_quantile()) influence = ((x > tau ? 1 : 0) - f) / normal_density(tau);
    return Eigen::Vector3d(value * value, value, influence);
  };
  const Eigen::Vector3d a = one(u);
  const Eigen::Vector3d b = one(v);
  PairFeatures features;
  features << a + b, a - b, 0.5 * std::pow(a(value) - b(value), 2);
  return features;
}

TEST(NeuronFeatures, AgreeWithQuadrature) {
  for (const auto rule : all_rules) {
    for (const double f : {.1, .5, .7}) {
      const auto response = response_at(f, rule);
      for (const double c : {-.4, 0.0, .6}) {
        const double r = std::sqrt(1 - c * c);
        PairFeatures mean = PairFeatures::Zero();
        Eigen::Matrix<double, 7, 7> square = Eigen::Matrix<double, 7, 7>::Zero();
        const auto nodes = panel_nodes(edges_around(response.tau));
        for (const auto& [u, du] : nodes) {
          for (const auto& [v, dv] : nodes) {
            const double weight = du * dv * normal_density(u) * normal_density((v - c * u) / r) / r;
            const auto x = features_of(response, u, v);
            mean += weight * x;
            square += weight * x * x.transpose();
          }
        }
        const NeuronFeatures features(response, 1 - c);
        const Eigen::Matrix<double, 7, 7> covariance = square - mean * mean.transpose();
        // Panels of length 1 do not quite resolve the density across the ridge: 1e-11.
        EXPECT_NEAR(2 * features.mean_square, mean(0), 1e-11);
        EXPECT_NEAR(2 * features.mean_value, mean(1), 1e-11);
        EXPECT_NEAR(features.drop, mean(6), 1e-11);
        const Eigen::Matrix3d sums = covariance.topLeftCorner<3, 3>();
        const Eigen::Matrix3d differences = covariance.block<3, 3>(3, 3);
        const Eigen::Vector3d with_sums = covariance.block<3, 1>(0, 6);
        const std::string at = std::string(name_of(rule)) + " " + std::to_string(f);
        EXPECT_LT((features.sums() - sums).cwiseAbs().maxCoeff(), 1e-10) << at << " " << c;
        EXPECT_LT((features.differences - differences).cwiseAbs().maxCoeff(), 1e-10) << at;
        EXPECT_LT((features.distance_with_sums - with_sums).cwiseAbs().maxCoeff(), 1e-10) << at;
        EXPECT_NEAR(features.distance_variance, covariance(6, 6), 1e-10) << at;
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
    const auto noise = gram_at(noise_at(.1, all_rules[j]), response_at(.1, all_rules[j]), .5);
    EXPECT_NEAR(noise(entry_ab, entry_ab), expected[j], j == 2 ? 1e-5 : printed(5));
  }
}

TEST(GramNoise, HasThePrintedVarianceWithCorrelatedSenders) {
  const auto response = response_at(.1, ThresholdRule::fixed);
  const auto noise = noise_at(.1, ThresholdRule::fixed, LateralFilter::box(13));
  EXPECT_NEAR(next_at(noise, response, 1.0)(entry_aa, entry_aa), .22513, printed(5));
  // Var(φ²+2mμφ) + 2 ΣB² Var(φ)²
  const auto uniform = noise_at(.1, ThresholdRule::fixed, LateralFilter::uniform(12));
  const double wrong = next_at(uniform, response, 1.0)(entry_aa, entry_aa);
  EXPECT_GT(std::abs(wrong - .22513), 10 * printed(5)) << "the degenerate part cannot be seen";
}

TEST(GramNoise, OfEqualInputsIsThatOfOne) {
  for (const auto rule : all_rules) {
    for (const auto& filter : {LateralFilter(), LateralFilter::box(5)}) {
      const auto noise = noise_at(.2, rule, filter);
      const auto response = response_at(.2, rule);
      for (const auto& matrix : {gram_at(noise, response, 1.0), next_at(noise, response, 1.0)}) {
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
      const auto response = response_at(.2, rule);
      for (const auto& matrix : {gram_at(noise, response, c), next_at(noise, response, c)}) {
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
  const auto matrix = gram_at(noise, *neuron_response(network), c);
  EXPECT_EQ(noise.plain_relative_variance(), 2);
  EXPECT_DOUBLE_EQ(matrix(entry_ab, entry_ab), 1 + c * c);
  EXPECT_NEAR(matrix(entry_aa, entry_bb), 2 * c * c, 1e-15);
  EXPECT_DOUBLE_EQ(matrix(entry_aa, entry_ab), 2 * c);
}

}  // namespace
}  // namespace wideproof::theory
