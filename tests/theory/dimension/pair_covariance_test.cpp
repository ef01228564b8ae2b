// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/pair_covariance.hpp>

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>
#include <wideproof/theory/dimension/quenched_response.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/conditional_influence.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;

double of_correlation(Activation activation, const FieldLaw& one, const FieldLaw& other, double c) {
  return pair_covariance(activation, one, other, c * std::sqrt(one.variance * other.variance));
}

const double correlations[] = {-1,  -1 + 1e-9, -0.99, -0.3,     0,         1e-8,
                               0.5, 0.9,       0.999, 1 - 1e-6, 1 - 1e-12, 1};

// Williams: (2/π) asin(2 c √(q q')/√((1+2q)(1+2q'))). Its arcsine loses digits near ±1: 1e-8 of
// its argument's 1e-16.
TEST(PairCovariance, OfErfIsTheArcsine) {
  for (const double q : {0.01, 1.0, 40.0, 1e4}) {
    for (const double other : {0.5, 1e4}) {
      for (const double c : correlations) {
        const double expected =
            2 / std::numbers::pi *
            std::asin(2 * c * std::sqrt(q * other) / std::sqrt((1 + 2 * q) * (1 + 2 * other)));
        EXPECT_NEAR(of_correlation(Activation::erf, {q, 0}, {other, 0}, c), expected, 1e-11)
            << q << " " << other << " " << c;
      }
    }
  }
}

TEST(PairCovariance, OfTanhMatchesPrintedValues) {
  EXPECT_NEAR(of_correlation(Activation::tanh, {1, 0}, {1, 0}, .5), .1863244132, printed(10));
  EXPECT_NEAR(of_correlation(Activation::tanh, {2, 0}, {.5, 0}, -.3), -.1051207171, printed(10));
}

TEST(PairCovariance, OfRectifiersIsTheClosedForm) {
  for (const double a : {-0.7, 0.0, 1.3}) {
    for (const double b : {-1.1, 0.4}) {
      for (const double c : {-0.95, -0.2, 0.3, 0.9, 0.9999}) {
        const double expected =
            unequal_kernel(a, b, c) -
            (normal_density(a) - a * normal_tail(a)) * (normal_density(b) - b * normal_tail(b));
        EXPECT_NEAR(of_correlation(Activation::relu, {4, -2 * a}, {9, -3 * b}, c), 6 * expected,
                    1e-12);
      }
    }
  }
}

TEST(PairCovariance, OfANeuronWithItselfIsItsVariance) {
  for (const auto activation : {Activation::tanh, Activation::erf, Activation::relu,
                                Activation::thresholded_step, Activation::linear}) {
    for (const double variance : {1e-4, 1.0, 100.0, 1e4}) {
      for (const double mean : {0.0, -0.8, 5.0}) {
        const double v = variance * quenched_response(activation, variance, mean).variance_ratio;
        EXPECT_NEAR(pair_covariance(activation, {variance, mean}, {variance, mean}, variance), v,
                    1e-12 * v + 1e-14)
            << name_of(activation) << " " << variance << " " << mean;
      }
    }
  }
}

TEST(PairCovariance, OfOddNeuronsChangesSignWithTheField) {
  const FieldLaw one{30, 1.2};
  for (const double c : {0.1, 0.8, 0.999999}) {
    EXPECT_NEAR(of_correlation(Activation::tanh, one, {5, 0.7}, c),
                -of_correlation(Activation::tanh, one, {5, -0.7}, -c), 1e-14);
    EXPECT_NEAR(of_correlation(Activation::tanh, one, {5, 0.7}, c),
                of_correlation(Activation::tanh, {5, 0.7}, one, c), 1e-12);
  }
}

TEST(PairCovariance, OfAFieldThatDoesNotVaryIsZero) {
  EXPECT_EQ(pair_covariance(Activation::tanh, {0, 1}, {1, 0}, 0), 0);
  EXPECT_EQ(pair_covariance(Activation::relu, {1, 1}, {0, 0}, 0), 0);
}

// Σ a_k² = V, and Σ a_k a_k' c^k is the covariance.
TEST(ResponseCoefficients, AddUpToTheCovariance) {
  const FieldLaw one{0.8, 0.3};
  const FieldLaw other{2.5, -1.1};
  const auto a = response_coefficients(Activation::tanh, one, 128);
  const auto b = response_coefficients(Activation::tanh, other, 128);
  for (const double c : {-0.8, 0.1, 0.85}) {
    double sum = 0;
    for (Eigen::Index k = 128; k-- > 0;) sum = (sum + a(k) * b(k)) * c;
    EXPECT_NEAR(sum, of_correlation(Activation::tanh, one, other, c), 1e-13);
  }
  EXPECT_NEAR(a.square().sum(), 0.8 * quenched_response(Activation::tanh, 0.8, 0.3).variance_ratio,
              1e-12);
}

// φ(x) = x at Δ = 1 is He_1, (x)₊ has a_2 = g(0)/√2 and a_4 = −g(0)/√24.
TEST(ResponseCoefficients, AreKnownOnes) {
  const auto line = response_coefficients(Activation::linear, {4, 1}, 4);
  EXPECT_NEAR(line(0), 2, 1e-14);
  EXPECT_NEAR(line.tail(3).abs().maxCoeff(), 0, 1e-13);
  const auto relu = response_coefficients(Activation::relu, {1, 0}, 4);
  EXPECT_NEAR(relu(0), 0.5, 1e-14);
  EXPECT_NEAR(relu(1), normal_density(0) / std::sqrt(2), 1e-14);
  EXPECT_NEAR(relu(2), 0, 1e-14);
  EXPECT_NEAR(relu(3), -normal_density(0) / std::sqrt(24), 1e-14);
}

}  // namespace
}  // namespace wideproof::theory
