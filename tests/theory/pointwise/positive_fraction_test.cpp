// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/positive_fraction.hpp>

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "test_function.hpp"

namespace wideproof::theory {
namespace {

using model::Function;
using model::PointwiseOptions;

double fraction_of(const PointwiseOptions& options, double variance,
                   std::optional<double> tau = std::nullopt) {
  return make_pair_mean(options, model::make_nonlinearity(options), tau)
      ->positive_fraction(variance);
}

double tail(double x) {
  return 0.5 * std::erfc(x / std::numbers::sqrt2);
}

TEST(PositiveFraction, IsAHalfWhereTheFunctionHasTheSignOfItsArgument) {
  for (const Function function :
       {Function::gelu, Function::sin, Function::leaky_relu, Function::sign, Function::elu,
        Function::gabor, Function::silu, Function::mish, Function::hard_tanh}) {
    EXPECT_NEAR(fraction_of({.function = function}, 1.7), 0.5, 1e-15) << name_of(function);
  }
}

TEST(PositiveFraction, IsOneOfPositiveFunctions) {
  for (const Function function : {Function::abs, Function::exp, Function::gauss, Function::softplus,
                                  Function::sigmoid, Function::sigmoid_like}) {
    EXPECT_NEAR(fraction_of({.function = function}, 1.7), 1, 1e-15) << name_of(function);
  }
}

TEST(PositiveFraction, IsThatOfTheIntervalsWhereItIsPositive) {
  for (const double q : {0.3, 1.0, 5.0}) {
    const double s = std::sqrt(q);
    const double pi = std::numbers::pi;
    EXPECT_NEAR(fraction_of({.function = Function::hard_sigmoid}, q), tail(-3 / s), 1e-15);
    double of_cos = 1 - 2 * tail(pi / 2 / s);
    double of_rbf = 0;
    for (int k = 0; k < 9; ++k) {
      of_cos += 2 * (tail((2 * k + 1.5) * pi / s) - tail((2 * k + 2.5) * pi / s));
    }
    // √2 x + π/4 between 2kπ and (2k+1)π
    for (int k = -9; k < 9; ++k) {
      const double start = (2 * k - 0.25) * pi / std::numbers::sqrt2;
      of_rbf += tail(start / s) - tail((start + pi / std::numbers::sqrt2) / s);
    }
    EXPECT_NEAR(fraction_of({.function = Function::cos}, q), of_cos, 1e-15);
    EXPECT_NEAR(fraction_of({.function = Function::rbf}, q), of_rbf, 1e-15);
  }
}

TEST(PositiveFraction, OfThresholdedFunctionsIsWhatLiesAboveTheThreshold) {
  for (const double tau : {0.5, 2.0}) {
    EXPECT_NEAR(fraction_of({.function = Function::gelu}, 3, tau), tail(tau), 1e-15);
    EXPECT_NEAR(fraction_of({.function = Function::rectified_power, .order = 2}, 3, tau), tail(tau),
                1e-15);
  }
}

}  // namespace
}  // namespace wideproof::theory
