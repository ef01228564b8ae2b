// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "kernel_reference.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

constexpr double pi = std::numbers::pi;

TEST(ThresholdedReluKernel, AgreesWithFortyDigitQuadrature) {
  double largest = 0;
  for (const auto& row : kernel_references()) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(row.active_fraction);
    largest = std::max(largest, std::abs(kernel(row.c) - row.value));
    largest = std::max(largest, std::abs(kernel.derivative(row.c) - row.derivative));
    EXPECT_NEAR(kernel(row.c), row.value, ThresholdedReluKernel::accuracy)
        << row.active_fraction << " " << row.c;
    EXPECT_NEAR(kernel.derivative(row.c), row.derivative, ThresholdedReluKernel::accuracy)
        << row.active_fraction << " " << row.c;
  }
  RecordProperty("largest_error", std::to_string(largest * 1e15) + "e-15");
}

TEST(ThresholdedReluKernel, AccuracyCheckRejectsAThresholdThatIsSlightlyOff) {
  int rejected = 0;
  for (const auto& row : kernel_references()) {
    const ThresholdedReluKernel wrong(row.tau + 1e-9);
    rejected += std::abs(wrong(row.c) - row.value) > ThresholdedReluKernel::accuracy;
  }
  EXPECT_GT(rejected, 0);
}

/// Largest error of drop() and derivative_drop(), over their value at A = 1; τ is off by `shift`.
double largest_drop_error(double shift) {
  double largest = 0;
  for (const auto& row : drop_references()) {
    const auto right = ThresholdedReluKernel::from_active_fraction(row.active_fraction);
    const ThresholdedReluKernel kernel(right.tau() + shift);
    const double error = std::abs(kernel.drop(row.scaling, row.delta) - row.value);
    const double step_error =
        std::abs(kernel.derivative_drop(row.scaling, row.delta) - row.derivative);
    largest = std::max({largest, error / right.drop(1, row.delta),
                        step_error / right.derivative_drop(1, row.delta)});
  }
  return largest;
}

TEST(ThresholdedReluKernel, DropsAgreeWithFiftyDigitQuadrature) {
  EXPECT_LE(largest_drop_error(0), ThresholdedReluKernel::drop_accuracy);
  EXPECT_GT(largest_drop_error(1e-9), ThresholdedReluKernel::drop_accuracy);
}

TEST(ThresholdedReluKernel, DropsAreDifferencesWhereNothingCancels) {
  for (const double f : {1e-3, .1, .5, .9}) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    for (const double a : {1.0, .7, -.2, -.9}) {
      EXPECT_EQ(kernel.drop(a, 0), 0);
      EXPECT_EQ(kernel.derivative_drop(a, 0), 0);
      for (const double delta : {.01, .3, .6, 1.2, 2.0}) {
        const double below = a * (1 - delta);
        EXPECT_NEAR(kernel.drop(a, delta), kernel(a) - kernel(below),
                    2 * ThresholdedReluKernel::accuracy);
        EXPECT_NEAR(kernel.derivative_drop(a, delta),
                    kernel.derivative(a) - kernel.derivative(below),
                    2 * ThresholdedReluKernel::accuracy);
      }
    }
  }
}

TEST(ThresholdedReluKernel, KeepsTheDigitsOfItsMomentsAtHighThresholds) {
  // ∫₀^∞ xⁿ g(τ+x) dx is positive throughout.
  using Quadrature = boost::math::quadrature::gauss_kronrod<double, 61>;
  for (const double tau : {1.49, 1.5, 2.0, 3.0, 3.719, 6.0}) {
    const ThresholdedReluKernel kernel(tau);
    const auto moment = [&](int n) {
      return Quadrature::integrate(
          [&](double x) { return std::pow(x, n) * normal_density(tau + x); }, 0.0, 10.0, 15, 1e-15);
    };
    EXPECT_NEAR(kernel.mean(), moment(1), 1e-14 * moment(1)) << tau;
    EXPECT_NEAR(kernel.at_one(), moment(2), 1e-14 * moment(2)) << tau;
  }
}

TEST(ThresholdedReluKernel, MatchesPrintedTable) {
  const auto half = ThresholdedReluKernel::from_active_fraction(0.5);
  EXPECT_NEAR(half(0), .1591549431, printed(10));
  EXPECT_NEAR(half(.5), .3044988905, printed(10));
  EXPECT_NEAR(half(1), .5, printed(10));
  const auto third = ThresholdedReluKernel::from_active_fraction(0.3);
  EXPECT_NEAR(third(0), .03624167367, printed(11));
  EXPECT_NEAR(third(.5), .09728989358, printed(11));
  EXPECT_NEAR(third(.9), .1743192472, printed(10));
  EXPECT_NEAR(third(1), .2001685842, printed(10));
  const auto tenth = ThresholdedReluKernel::from_active_fraction(0.1);
  EXPECT_NEAR(tenth(0), .002241376255, printed(12));
  EXPECT_NEAR(tenth(.5), .01221607451, printed(11));
  EXPECT_NEAR(tenth(.9), .03140774189, printed(11));
  EXPECT_NEAR(tenth(1), .03932727948, printed(11));
}

TEST(ThresholdedReluKernel, ReducesToArcCosineAtZeroThreshold) {
  const ThresholdedReluKernel kernel(0.0);
  for (double theta = 0.01; theta < pi; theta += 0.01) {
    const double expected = (std::sin(theta) + (pi - theta) * std::cos(theta)) / (2 * pi);
    EXPECT_NEAR(kernel(std::cos(theta)), expected, ThresholdedReluKernel::accuracy);
  }
}

TEST(ThresholdedReluKernel, IsItsHermiteSeries) {
  for (const double f : {0.1, 0.3, 0.9}) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    const double tau = kernel.tau();
    const double c = 0.5;
    double series = kernel.at_zero() + f * f * c;
    // b_r = He_{r−2}(τ)/√((r−2)!) is at most exp(τ²/4) (Cramér), so that the terms beyond r = 60
    // sum to less than 2^-60.
    double previous = 0, hermite = 1;
    for (int r = 2; r <= 60; ++r) {
      const double a = hermite * normal_density(tau) / std::sqrt(r * (r - 1.0));
      series += a * a * std::pow(c, r);
      const double next = (tau * hermite - std::sqrt(r - 2.0) * previous) / std::sqrt(r - 1.0);
      previous = hermite;
      hermite = next;
    }
    EXPECT_NEAR(kernel(c), series, ThresholdedReluKernel::accuracy) << f;
  }
}

TEST(ThresholdedReluKernel, HasTheStatedEndsAndSlopes) {
  for (const double f : reference_fractions()) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    EXPECT_NEAR(kernel(0), kernel.mean() * kernel.mean(), ThresholdedReluKernel::accuracy);
    EXPECT_NEAR(kernel.derivative(0), f * f, ThresholdedReluKernel::accuracy);
    EXPECT_NEAR(kernel.derivative(1), f, ThresholdedReluKernel::accuracy);
    EXPECT_EQ(kernel(1), kernel.at_one());
  }
}

TEST(ThresholdedReluKernel, TakesArgumentsBeyondOneAsOne) {
  const auto kernel = ThresholdedReluKernel::from_active_fraction(0.7);
  EXPECT_EQ(kernel(1 + 1e-12), kernel(1));
  EXPECT_EQ(kernel(-1 - 1e-12), kernel(-1));
  EXPECT_EQ(kernel.derivative(1 + 1e-12), kernel.derivative(1));
  EXPECT_EQ(kernel.derivative(-1 - 1e-12), kernel.derivative(-1));
}

TEST(ThresholdedReluKernel, StepTimesReluIsTheConditionalExpectation) {
  // E[1(u>τ)(v−τ)₊] by conditioning on v.
  for (const double f : {0.1, 0.7}) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    const double tau = kernel.tau();
    for (const double c : {-0.6, 0.0, 0.5, 0.95}) {
      const auto integrand = [&](double v) {
        return (v - tau) * normal_density(v) * normal_tail((tau - c * v) / std::sqrt(1 - c * c));
      };
      using Quadrature = boost::math::quadrature::gauss_kronrod<double, 61>;
      const double expected = Quadrature::integrate(integrand, tau, tau + 12, 15, 1e-14);
      EXPECT_NEAR(kernel.step_times_relu(c), expected, 1e-13) << f << " " << c;
    }
    EXPECT_NEAR(kernel.step_times_relu(1), kernel.mean(), 1e-15);
    EXPECT_NEAR(kernel.step_times_relu(-1), f > 0.5 ? -tau * (2 * f - 1) : 0.0, 1e-15);
  }
}

TEST(ThresholdedReluKernel, RefusesUncertifiedFractions) {
  EXPECT_THROW(ThresholdedReluKernel::from_active_fraction(0.95), model::InputError);
  EXPECT_THROW(ThresholdedReluKernel::from_active_fraction(1e-5), model::InputError);
  EXPECT_THROW(ThresholdedReluKernel(std::nan("")), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
