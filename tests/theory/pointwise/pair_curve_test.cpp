// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/pair_curve.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/theory/pointwise/gauss_rule.hpp>

#include "test_function.hpp"

namespace wideproof::theory {
namespace {

using model::Function;
using model::PointwiseOptions;

std::vector<PointwiseOptions> some_functions() {
  return {{.function = Function::gelu},
          {.function = Function::sin, .frequency = 2},
          {.function = Function::leaky_relu},
          {.function = Function::sign},
          {.function = Function::exp},
          {.function = Function::gauss},
          {.function = Function::rectified_power, .order = 3},
          {.function = Function::hermite, .order = 12},
          {.function = Function::sigmoid_like}};
}

/// Deficits in [0, 2] of all sizes.
std::vector<double> deficits() {
  std::vector<double> all{0, 1e-300, 1, 2};
  for (int i = 0; i < 70; ++i) {
    all.push_back(std::exp2(-i - 0.37));
    all.push_back(2 - std::exp2(-i - 0.59));
    all.push_back(2 * (i + 0.5) / 70);
  }
  return all;
}

class PairCurveOf : public testing::TestWithParam<PointwiseOptions> {
 protected:
  double q = 1.3;
  std::shared_ptr<const PairMean> mean =
      make_pair_mean(GetParam(), model::make_nonlinearity(GetParam()));
  double at_one = mean->value(GaussianPair::of_deficit(q, 0));
  PairCurve curve{mean, q};
};

TEST_P(PairCurveOf, IsTheMeanAtAnyDeficit) {
  const double slope_at_one = mean->slope(GaussianPair::of_deficit(q, 0));
  for (const double delta : deficits()) {
    const auto pair = GaussianPair::of_deficit(q, delta);
    EXPECT_NEAR(curve.value(delta), mean->value(pair), 2e-14 * at_one) << delta;
    if (mean->has_slope(q)) {
      EXPECT_NEAR(curve.slope(delta), mean->slope(pair), 2e-14 * slope_at_one) << delta;
    }
    if (delta > 1) continue;
    const double drop = mean->drop(pair);
    EXPECT_NEAR(curve.drop(delta), drop, 2e-14 * drop) << delta;
  }
}

TEST_P(PairCurveOf, QuadratureHasTheSameCurve) {
  const PairCurve other(panels_of(GetParam()), q);
  for (const double delta : {1e-20, 1e-9, 1e-3, 0.02, 0.3, 0.99, 1.4, 1.97, 2.0}) {
    EXPECT_NEAR(other.value(delta), curve.value(delta), 2e-14 * at_one) << delta;
    if (delta > 1) continue;
    const double drop = curve.drop(delta);
    EXPECT_NEAR(other.drop(delta), drop, 2e-14 * drop) << delta;
  }
}

TEST_P(PairCurveOf, FallsWithoutCancellation) {
  for (const double scaling : {0.9, 0.3, -0.2, -0.6}) {
    for (const double delta : {0.3, 1e-3, 1e-9, 1e-17}) {
      const double low = 1 - scaling;
      double exact = mean->value(GaussianPair::of_deficit(q, low)) -
                     mean->value(GaussianPair::of_deficit(q, low + scaling * delta));
      double tolerance = 1e-14 * at_one;
      if (mean->has_slope(q)) {
        const auto slope = [&](double x) {
          return mean->slope(GaussianPair::of_deficit(q, low + scaling * delta * x));
        };
        exact = q * scaling * delta * GaussRule<16>::integrate(slope, 0, 1);
        tolerance = 1e-12 * mean->drop(GaussianPair::of_deficit(q, delta));
      }
      EXPECT_NEAR(curve.fall(scaling, delta), exact, tolerance) << scaling << ' ' << delta;
    }
  }
  EXPECT_EQ(curve.fall(0, 0.3), 0);
  EXPECT_EQ(curve.fall(0.7, 0), 0);
}

INSTANTIATE_TEST_SUITE_P(Functions, PairCurveOf, testing::ValuesIn(some_functions()));

// What the class comment takes from the geometry: |1 − s²| ≤ 1 on the ellipse about each octave.
TEST(PairCurve, EllipsesOfOctavesLieWhereTheSeriesConverges) {
  const double rho = 3.9;
  for (const double low : {0.5, 0.25, 0x1p-10}) {
    for (int i = 0; i < 1000; ++i) {
      const std::complex<double> unit = std::polar(rho, 2 * 3.14159265358979 * i / 1000);
      const std::complex<double> s = 1.5 * low + 0.25 * low * (unit + 1.0 / unit);
      EXPECT_LE(std::abs(1.0 - s * s), 1) << low << ' ' << i;
    }
  }
  EXPECT_LE(4 * std::pow(rho, 1 - OctaveCurve::points) / (rho - 1), PairCurve::truncation);
}

TEST(PairCurve, OfAFunctionWithTwoJumpsIsTheMean) {
  const auto mean =
      panels_of([](double x) { return x < -0.2  ? 1.0
                                      : x < 0.4 ? std::cos(x)
                                                : -0.3 * x; },
                {{-0.2, std::cos(0.2) - 1, 0}, {0.4, -0.12 - std::cos(0.4), 0}});
  const PairCurve curve(mean, 0.7);
  const double at_one = mean->value(GaussianPair::of_deficit(0.7, 0));
  for (const double delta : {1e-24, 1e-10, 1e-5, 3e-3, 0.1, 0.7, 1.2, 1.9, 1.99999}) {
    const auto pair = GaussianPair::of_deficit(0.7, delta);
    EXPECT_NEAR(curve.value(delta), mean->value(pair), 2e-14 * at_one) << delta;
    if (delta <= 1) {
      EXPECT_NEAR(curve.drop(delta), mean->drop(pair), 2e-14 * mean->drop(pair)) << delta;
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
