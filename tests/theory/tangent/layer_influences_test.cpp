// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/layer_influences.hpp>

#include <cmath>

#include <gtest/gtest.h>

#include <wideproof/theory/kernels/normal_tail.hpp>

#include "pair_quadrature.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::Network;
using model::ThresholdRule;

constexpr double fraction = 0.3;

Network influenced(Activation activation, ThresholdRule rule = ThresholdRule::fixed) {
  return Network({.activation = activation, .active_fraction = fraction, .threshold = rule});
}

TEST(LayerInfluences, HaveTheDerivativesOfAPairsMeans) {
  const double q = 1.4, delta = 0.4;
  const double k = q * (1 - delta);
  const double h = 1e-3;
  for (const auto activation : {Activation::thresholded_relu, Activation::relu}) {
    const LayerInfluences layer(influenced(activation), q, delta);
    const double t = activation == Activation::relu ? 0 : tau_of(fraction) * std::sqrt(q);
    const auto here = pair_means(q, k, q, t);
    EXPECT_NEAR(layer.gram(1), here.gram, 1e-12);
    EXPECT_NEAR(layer.slope(1), here.slope, 1e-12);
    const auto check = [&](int column, const PairMeans& up, const PairMeans& down) {
      EXPECT_NEAR(layer.gram_by_kernel(1, column), (up.gram - down.gram) / (2 * h), 1e-6);
      EXPECT_NEAR(layer.slope_by_kernel(1, column), (up.slope - down.slope) / (2 * h), 1e-6);
    };
    check(0, pair_means(q + h, k, q, t), pair_means(q - h, k, q, t));
    check(1, pair_means(q, k + h, q, t), pair_means(q, k - h, q, t));
    check(2, pair_means(q, k, q + h, t), pair_means(q, k, q - h, t));
    // Of one input: E[(u−t)₊²] and P(u > t).
    const auto of_one = [&](double variance) {
      const double tail = normal_tail(t / std::sqrt(variance));
      return PairMeans{(variance + t * t) * tail -
                           t * std::sqrt(variance) * normal_density(t / std::sqrt(variance)),
                       tail};
    };
    for (const int entry : {0, 2}) {
      EXPECT_NEAR(layer.gram_by_kernel(entry, entry),
                  (of_one(q + h).gram - of_one(q - h).gram) / (2 * h), 1e-6);
      EXPECT_NEAR(layer.slope_by_kernel(entry, entry),
                  (of_one(q + h).slope - of_one(q - h).slope) / (2 * h), 1e-6);
    }
  }
}

// Thresholds that follow the norm: √(K_aa K_bb) k(c) and L(c).
TEST(LayerInfluences, UnderRulesThatFollowTheNormAreHomogeneous) {
  const double q = 1.4, k = 0.9, h = 1e-3;
  const auto at = [&](double kaa, double kab, double kbb) {
    const double norm = std::sqrt(kaa * kbb);
    const auto unit = pair_means(1, kab / norm, 1, tau_of(fraction));
    return PairMeans{norm * unit.gram, unit.slope};
  };
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    const LayerInfluences layer(influenced(Activation::thresholded_relu, rule), q, 1 - k / q);
    const auto up = at(q + h, k, q), down = at(q - h, k, q);
    EXPECT_NEAR(layer.gram_by_kernel(1, 0), (up.gram - down.gram) / (2 * h), 1e-6);
    EXPECT_NEAR(layer.slope_by_kernel(1, 0), (up.slope - down.slope) / (2 * h), 1e-6);
    EXPECT_NEAR(layer.slope_by_kernel(1, 1),
                (at(q, k + h, q).slope - at(q, k - h, q).slope) / (2 * h), 1e-6);
    EXPECT_EQ(layer.slope_by_kernel(0, 0), 0);
    EXPECT_NEAR(layer.gram_by_kernel(0, 0), layer.gram(0) / q, 1e-13);
  }
}

/// Influences of one neuron on G_aa, G_ab, G_bb, D_aa, D_ab, D_bb, unit variances, written out.
Eigen::Matrix<double, 6, 1> influences(double u, double v, double tau, ThresholdRule rule,
                                       double mixed, double other_active) {
  const double f = normal_tail(tau), g = normal_density(tau), mean = g - tau * f;
  const double ua = u > tau ? 1 : 0, va = v > tau ? 1 : 0;
  const auto shift = [&](double x, double active) {
    return rule == ThresholdRule::std        ? tau * (x * x - 1) / 2
           : rule == ThresholdRule::quantile ? (active - f) / g
                                             : 0.0;
  };
  const double a = shift(u, ua), b = shift(v, va);
  const double pa = positive_part(u - tau), pb = positive_part(v - tau);
  Eigen::Matrix<double, 6, 1> psi;
  psi << pa * pa - 2 * mean * a, pa * pb - mixed * (a + b), pb * pb - 2 * mean * b, ua - g * a,
      ua * va - g * other_active * (a + b), va - g * b;
  return psi;
}

TEST(LayerInfluences, HaveTheCovarianceOfTheInfluencesOfOneNeuron) {
  const double tau = tau_of(fraction), c = 0.35;
  double mixed = 0;
  for_each_pair(1, c, 1, tau, [&](double u, double v, double weight) {
    if (u > tau) mixed += weight * positive_part(v - tau);
  });
  const double other_active = normal_tail(tau * std::sqrt((1 - c) / (1 + c)));
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    Eigen::Matrix<double, 6, 1> mean = Eigen::Matrix<double, 6, 1>::Zero();
    Eigen::Matrix<double, 6, 6> square = Eigen::Matrix<double, 6, 6>::Zero();
    for_each_pair(1, c, 1, tau, [&](double u, double v, double weight) {
      const auto psi = influences(u, v, tau, rule, mixed, other_active);
      mean += weight * psi;
      square += weight * psi * psi.transpose();
    });
    const LayerInfluences layer(influenced(Activation::thresholded_relu, rule), 1, 1 - c);
    EXPECT_LT((layer.covariance - square + mean * mean.transpose()).cwiseAbs().maxCoeff(), 1e-10)
        << name_of(rule);
  }
}

TEST(LayerInfluences, OfLinearNeuronsAreWisharts) {
  const double q = 1.3, c = 0.4;
  const LayerInfluences layer(influenced(Activation::linear), q, 1 - c);
  EXPECT_NEAR(layer.covariance(0, 0), 2 * q * q, 1e-13);
  EXPECT_NEAR(layer.covariance(1, 1), (1 + c * c) * q * q, 1e-13);
  EXPECT_NEAR(layer.covariance(0, 1), 2 * c * q * q, 1e-13);
  EXPECT_NEAR(layer.covariance(0, 2), 2 * c * c * q * q, 1e-13);
  EXPECT_EQ(layer.covariance.bottomRows(3).norm(), 0);
  EXPECT_EQ(layer.gram_by_kernel, Eigen::Matrix3d::Identity());
}

TEST(LayerInfluences, OfOneInputTwiceAreThoseOfOne) {
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile}) {
    const LayerInfluences layer(influenced(Activation::thresholded_relu, rule), 1.2, 0);
    EXPECT_NEAR(layer.covariance(1, 1), layer.covariance(0, 0), 1e-12);
    EXPECT_NEAR(layer.covariance(4, 4), layer.covariance(3, 3), 1e-12);
    EXPECT_NEAR(layer.covariance(1, 4), layer.covariance(0, 3), 1e-12);
    EXPECT_NEAR(layer.gram_by_kernel.row(1).sum(), layer.gram_by_kernel(0, 0), 1e-12);
    EXPECT_NEAR(layer.slope_by_kernel.row(1).sum(), layer.slope_by_kernel(0, 0), 1e-12);
  }
}

}  // namespace
}  // namespace wideproof::theory
