// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/gaussian_pair_table.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>
#include <boost/math/quadrature/gauss_kronrod.hpp>

namespace wideproof::sim {
namespace {

constexpr double pi = std::numbers::pi;

/// The same means in polar coordinates of the plane, u = r cos α and v = r cos(α − θ): the sum over
/// r is elementary, that over α adaptive. τ ≥ 0.
PairMeans polar(double tau, double theta) {
  const auto sum = [&](const auto& of_direction) {
    const auto at = [&](double alpha) {
      const double u = std::cos(alpha);
      const double v = std::cos(alpha - theta);
      const double smaller = std::min(u, v);
      if (smaller <= 0) return 0.0;
      const double r = tau / smaller;  // where both have passed τ
      const double weight = std::exp(-r * r / 2) / (2 * pi);
      const double tail = std::sqrt(pi / 2) * std::erfc(r / std::numbers::sqrt2) / (2 * pi);
      // ∫ r, r² and r³ e^{−r²/2} dr/2π from there on
      return of_direction(u, v, weight, r * weight + tail, (r * r + 2) * weight);
    };
    using boost::math::quadrature::gauss_kronrod;
    const auto part = [&](double from, double to) {
      return gauss_kronrod<double, 61>::integrate(at, from, to, 15, 1e-13);
    };
    return part(theta - pi / 2, theta / 2) + part(theta / 2, pi / 2);
  };
  return {.product = sum([&](double u, double v, double m1, double m2, double m3) {
            return u * v * m3 - tau * (u + v) * m2 + tau * tau * m1;
          }),
          .coactive = sum([](double, double, double m1, double, double) { return m1; }),
          .gated = sum(
              [&](double, double v, double m1, double m2, double) { return v * m2 - tau * m1; })};
}

double tail(double tau) {
  return std::erfc(tau / std::numbers::sqrt2) / 2;
}
double density(double tau) {
  return std::exp(-tau * tau / 2) / std::sqrt(2 * pi);
}

/// Of f = .5, .3, .1, .02 and .0001.
constexpr double taus[] = {0, 0.5244005127, 1.2815515655, 2.0537489106, 3.7190164855};

TEST(GaussianPairTable, IntegratesWhatPolarCoordinatesGive) {
  for (const double tau : taus) {
    const auto scale = polar(tau, 1e-6);
    for (const double theta : {1e-4, .003, .1, .7, 1.5, pi / 2, 2., 2.9, 3.1}) {
      const auto expected = polar(tau, theta);
      const auto integral = GaussianPairTable::integral(tau, theta);
      EXPECT_NEAR(integral.product, expected.product, 1e-11 * scale.product) << tau << ' ' << theta;
      EXPECT_NEAR(integral.coactive, expected.coactive, 1e-11 * scale.coactive);
      EXPECT_NEAR(integral.gated, expected.gated, 1e-11 * scale.gated);
    }
  }
}

TEST(GaussianPairTable, InterpolatesItsIntegrals) {
  for (const double tau : {-1.2815515655, 0., 0.5244005127, 1.2815515655, 3.7190164855}) {
    const GaussianPairTable table(tau);
    const auto scale = table(1);
    for (int i = 0; i < 997; ++i) {
      const double theta = pi * (i + .5) / 997;
      const auto expected = GaussianPairTable::integral(tau, theta);
      const auto means = table(std::cos(theta));
      EXPECT_NEAR(means.product, expected.product, 1e-10 * scale.product) << tau << ' ' << theta;
      EXPECT_NEAR(means.coactive, expected.coactive, 1e-10 * scale.coactive) << tau << ' ' << theta;
      EXPECT_NEAR(means.gated, expected.gated, 1e-10 * scale.gated) << tau << ' ' << theta;
    }
  }
}

TEST(GaussianPairTable, KnowsTheEndsAndTheMiddle) {
  for (const double tau : taus) {
    const GaussianPairTable table(tau);
    const double f = tail(tau);
    const double mean = density(tau) - tau * f;  // E[(u − τ)₊]
    const double second = (1 + tau * tau) * f - tau * density(tau);
    EXPECT_NEAR(table.active_fraction(), f, 1e-15);
    EXPECT_NEAR(table(1).product, second, 1e-10 * second);
    EXPECT_NEAR(table(1).coactive, f, 1e-10 * f);
    EXPECT_NEAR(table(1).gated, mean, 1e-10 * mean);
    EXPECT_NEAR(table(0).product, mean * mean, 1e-10 * second);
    EXPECT_NEAR(table(0).coactive, f * f, 1e-10 * f);
    EXPECT_NEAR(table(0).gated, f * mean, 1e-10 * mean);
    EXPECT_NEAR(table(-1).product, 0, 1e-10 * second);
    EXPECT_EQ(table(1.5).product, table(1).product);
    EXPECT_TRUE(std::isnan(table(std::nan("")).product));
  }
}

}  // namespace
}  // namespace wideproof::sim
