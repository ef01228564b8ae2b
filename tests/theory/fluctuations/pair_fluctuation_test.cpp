// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>
#include <wideproof/theory/fluctuations/pair_kernel.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

struct Reference {
  std::string rule;
  double active_fraction;
  std::int64_t taps, depth;
  double input_deficit;
  double deficit;  ///< of the last layer's Gram
  double relative_variance, relative_bias;
};

const Reference references[] = {
#include "fluctuation_reference.inc"
};

Network network_of(const Reference& reference) {
  Network::Options options{.depth = reference.depth,
                           .activation = Activation::thresholded_relu,
                           .active_fraction = reference.active_fraction,
                           .presynaptic = LateralFilter::box(reference.taps)};
  if (reference.rule == "linear") options.activation = Activation::linear;
  if (reference.rule == "std") options.threshold = ThresholdRule::std;
  if (reference.rule == "fixed") options.threshold = ThresholdRule::fixed;
  if (reference.rule == "quantile") options.threshold = ThresholdRule::quantile;
  return Network(options);
}

/// The prediction for two inputs whose deficit is given as such.
model::Prediction prediction_of(const Network& network, double delta) {
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, 1 - delta, 1 - delta, 1;
  auto prediction = predict(network, cosines);
  const auto response = *neuron_response(network);
  for (auto& layer : prediction.layers) {
    layer.preactivation_deficit << 0, delta, delta, 0;
    const PairKernel map(response, NeuronFeatures(response, delta),
                         prediction.degree_of_correlation);
    delta = map.deficit;
  }
  return prediction;
}

/// n·Var/δ² and n·bias/δ of the last layer's Gram.
struct Relative {
  double deficit, variance, bias;
};

Relative last_layer(const Network& network, double delta) {
  const auto prediction = prediction_of(network, delta);
  const PairKernel map(*neuron_response(network),
                       NeuronFeatures(*neuron_response(network),
                                      prediction.layers.back().preactivation_deficit(0, 1)),
                       0.0);
  const auto last = PairRecursion(network, prediction, 1)(0, 1).back();
  return {map.deficit, last.correlation_variance / (map.deficit * map.deficit),
          last.correlation_bias / map.deficit};
}

TEST(PairFluctuation, AgreesWithAHundredDigitsAtEveryDeficit) {
  // Roundings, of numbers up to 300 times the result at f = 0.01 and δ = 1. Beyond, where
  // thresholds leave opposite inputs no correlation to vary, what is left is precise in units of δ²
  // and δ.
  constexpr double tolerance = 1e-12;
  for (const auto& reference : references) {
    const auto [deficit, variance, bias] =
        last_layer(network_of(reference), reference.input_deficit);
    SCOPED_TRACE(reference.rule + " f " + std::to_string(reference.active_fraction) + " taps " +
                 std::to_string(reference.taps) + " depth " + std::to_string(reference.depth) +
                 " deficit " + std::to_string(reference.input_deficit));
    EXPECT_NEAR(deficit, reference.deficit, tolerance * reference.deficit);
    EXPECT_NEAR(variance, reference.relative_variance,
                tolerance * std::max(1.0, reference.relative_variance));
    EXPECT_NEAR(bias, reference.relative_bias,
                tolerance * std::max(1.0, std::abs(reference.relative_bias)));
  }
}

TEST(PairFluctuation, OfAReluIsThatOfHalfActiveNeurons) {
  const Network relu({.depth = 3, .activation = Activation::relu});
  const Network half({.depth = 3, .active_fraction = .5, .threshold = ThresholdRule::fixed});
  for (const double delta : {.5, 1e-6, 1e-20}) {
    const auto [deficit, variance, bias] = last_layer(relu, delta);
    const auto expected = last_layer(half, delta);
    EXPECT_DOUBLE_EQ(deficit, expected.deficit);
    EXPECT_DOUBLE_EQ(variance, expected.variance);
    EXPECT_DOUBLE_EQ(bias, expected.bias);
  }
}

/// In units of the inputs' own deficit, as the fault was found: 33 from 1e-4 on, with the printed
/// k(1) and κ.
TEST(PairFluctuation, OfNearInputsGoesAsTheSquareOfTheirDeficit) {
  const Network network({.depth = 1, .active_fraction = .3, .threshold = ThresholdRule::fixed});
  const double limit = std::pow(.3 / .2001685842, 2) * (10.378022 + 1 + 1 / .3);
  EXPECT_NEAR(limit, 33.0448, printed(4));
  for (const double delta : {1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-13, 1e-16, 1e-30}) {
    const auto [deficit, variance, bias] = last_layer(network, delta);
    // The next order of the variance is below 5√δ of it.
    EXPECT_NEAR(variance * std::pow(deficit / delta, 2), limit,
                3 * printed(6) + 5 * limit * std::sqrt(delta));
  }
}

/// Limits of n·Var/δ² at one layer, from ψ_r/δ → (k/f)[e²1(u>τ) − g IF] − φ² + 2μIF with e a normal
/// of its own.
TEST(PairFluctuation, HasItsLimitAtEqualInputs) {
  for (const double f : {.5, .3, .1, .01}) {
    const double tau = tau_of(f);
    const double g = normal_density(tau);
    const double k = ThresholdedReluKernel(tau).at_one();
    const double mean = ThresholdedReluKernel(tau).mean();
    for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
      const Network network({.depth = 1, .active_fraction = f, .threshold = rule});
      const double kappa =
          GramNoise(network, *neuron_response(network), 1).plain_relative_variance();
      double expected = kappa + 1 + 1 / f;
      if (rule == ThresholdRule::quantile) expected = kappa + 2 / f;
      if (rule == ThresholdRule::std) {
        expected += 2 * g * tau / k - std::pow(g * tau / f, 2) / 2;
      }
      const double delta = 1e-28;
      const auto [deficit, variance, bias] = last_layer(network, delta);
      EXPECT_NEAR(variance, expected, 1e-12 * expected) << name_of(rule) << " " << f;
      // The thresholds of both inputs differ by the order statistics' noise.
      const double root = (1 - mean * mean / (f * k)) / (g * std::sqrt(std::numbers::pi));
      const double edge = g * tau;
      const double leading = rule == ThresholdRule::quantile ? -root / std::sqrt(delta)
                             : rule == ThresholdRule::fixed  ? 2 / f - 1 - kappa
                                                            : 2 / f - kappa - (f + 1.5 * edge) / k +
                                                                  edge * (1 + tau * tau) / (4 * f);
      EXPECT_NEAR(bias, leading, 1e-11 * std::abs(leading)) << name_of(rule) << " " << f;
    }
  }
}

/// Σ_δ over receivers of the same limit, e of two neurons having the correlation A(δ).
TEST(PairFluctuation, OfCorrelatedReceiversHasItsLimitAtEqualInputs) {
  const double f = .2;
  const double tau = tau_of(f);
  const double k = ThresholdedReluKernel(tau).at_one();
  const auto receivers = LateralFilter::box(3);  // A = 1/3, 2/3, 1, 2/3, 1/3
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::quantile}) {
    const Network network(
        {.depth = 1, .active_fraction = f, .threshold = rule, .postsynaptic = receivers});
    const NeuronResponse response = *neuron_response(network);
    const double ratio = k / f;
    double expected = 0;
    for (const double rho : {1., 2. / 3, 2. / 3, 1. / 3, 1. / 3}) {
      const TruncatedMoments m(tau, rho);
      if (rule == ThresholdRule::fixed) {
        expected += ratio * ratio * ((1 + 2 * rho * rho) * m(0, 0) - f * f) -
                    2 * ratio * (m(2, 0) - f * k) + m(2, 2) - k * k;
      } else {
        expected += ratio * ratio * 2 * rho * rho * m(0, 0);
        expected += rho == 1 ? influence_covariance(NeuronFeatures(response, 0.0), 0.0).norm
                             : 4 * lost_covariance(response, rho, 1.0);
      }
    }
    for (const double delta : {1e-12, 1e-25}) {
      const auto [deficit, variance, bias] = last_layer(network, delta);
      EXPECT_NEAR(variance, expected / (k * k), 5e-6 * expected / (k * k)) << name_of(rule);
      EXPECT_TRUE(std::isfinite(bias));
    }
  }
}

/// Without a filter, n·bias/δ tends to a number under fixed thresholds; with one, too.
TEST(PairFluctuation, OfCorrelatedReceiversHasABiasThatGoesAsTheDeficit) {
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std}) {
    const Network network({.depth = 2,
                           .active_fraction = .2,
                           .threshold = rule,
                           .postsynaptic = LateralFilter::box(5)});
    const double limit = last_layer(network, 1e-12).bias;
    EXPECT_NEAR(last_layer(network, 1e-20).bias, limit, 2e-5 * std::abs(limit));
    const double next = 2 * last_layer(network, 2.5e-5).bias - last_layer(network, 1e-4).bias;
    EXPECT_NEAR(next, limit, 2e-3 * std::abs(limit));
  }
}

TEST(PairFluctuation, OfDistancesIsThatOfTheEntries) {
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::quantile}) {
    const Network network({.depth = 3,
                           .active_fraction = .3,
                           .threshold = rule,
                           .presynaptic = LateralFilter::box(5)});
    for (const auto& layer : PairRecursion(network, prediction_of(network, .4), 1)(0, 1)) {
      const Eigen::Vector3d norm(.5, 0, .5);
      const Eigen::Vector3d distance(.5, -1, .5);
      const Eigen::Vector3d contrast(.5, 0, -.5);
      const Eigen::Matrix3d& v = layer.gram_covariance;
      const double rounding = 1e-12 * v(0, 0);
      EXPECT_NEAR(layer.distances.norm, norm.dot(v * norm), rounding);
      EXPECT_NEAR(layer.distances.norm_distance, norm.dot(v * distance), rounding);
      EXPECT_NEAR(layer.distances.distance, distance.dot(v * distance), rounding);
      EXPECT_NEAR(layer.distances.contrast, contrast.dot(v * contrast), rounding);
    }
  }
}

/// A bias of the neurons adds σ_b² to every entry, so that d and a stay and δ shrinks with 1/q.
TEST(PairFluctuation, OfNetworksWithABiasIsThatOfItsEntries) {
  const Network network({.depth = 2,
                         .active_fraction = .3,
                         .threshold = ThresholdRule::quantile,
                         .bias_variance = .25});
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, .6, .6, 1;
  const auto prediction = predict(network, cosines);
  const auto response = *neuron_response(network);
  const auto layers = PairRecursion(network, prediction, 1)(0, 1);
  const auto& last = prediction.layers[1];
  // The first layer's Gram makes K, whose entries make the second's.
  const double weight = prediction.weight_variance * prediction.gram_scale;
  const Eigen::Matrix3d kernel = weight * weight * layers[0].gram_covariance;
  const Eigen::Vector3d kernel_bias = weight * layers[0].gram_bias;
  const double q = last.preactivation(0, 0);
  EXPECT_NEAR(q, 1, 1e-14);
  const NeuronFeatures features(response, last.preactivation_deficit(0, 1));
  const PairKernel map(response, features, 0.0);
  Eigen::Matrix3d jacobian = Eigen::Matrix3d::Zero();
  jacobian(0, 0) = jacobian(2, 2) = map.value;
  jacobian.row(1) = map.product_gradient();
  const Eigen::Matrix3d noise = GramNoise(network, response, 1).gram(features).entries();
  const Eigen::Matrix3d expected =
      (jacobian * kernel * jacobian.transpose() + noise) / std::pow(prediction.gram_scale, 2);
  EXPECT_LT((layers[1].gram_covariance - expected).cwiseAbs().maxCoeff(), 1e-12 * expected(0, 0));
  // E ab to second order: k(x̂) √(aa bb) with thresholds that scale.
  const double c = 1 - features.delta;
  const ThresholdedReluKernel k(response.tau);
  const double radial = k(c) - c * k.derivative(c);
  const double joint = std::exp(-response.tau * response.tau / (1 + c)) /
                       (2 * std::numbers::pi * std::sqrt(1 - c * c));
  const double along = .25 * (c * c * joint - radial);
  Eigen::Matrix3d hessian;
  hessian << along, -.5 * c * joint, along + .5 * radial, -.5 * c * joint, joint, -.5 * c * joint,
      along + .5 * radial, -.5 * c * joint, along;
  const double product = jacobian.row(1).dot(kernel_bias) +
                         .5 * hessian.cwiseProduct(kernel).sum() +
                         ThresholdBias(response)(features).same.product();
  EXPECT_NEAR(layers[1].gram_bias(1), product / prediction.gram_scale, 1e-12);
}

TEST(PairFluctuation, OfOneDirectionIsNone) {
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    for (const auto& filter : {LateralFilter(), LateralFilter::box(3)}) {
      const Network network({.depth = 4, .threshold = rule, .postsynaptic = filter});
      for (const auto& layer : PairRecursion(network, prediction_of(network, 0), 1)(0, 1)) {
        EXPECT_EQ(layer.correlation_variance, 0);
        EXPECT_EQ(layer.correlation_bias, 0);
        EXPECT_EQ(layer.gram_covariance(0, 1), layer.gram_covariance(0, 0));
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
