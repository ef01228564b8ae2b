// SPDX-License-Identifier: MIT
#include <cmath>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/pointwise.hpp>

namespace wideproof::model {
namespace {

std::vector<PointwiseOptions> all_functions() {
  std::vector<PointwiseOptions> all;
  for (auto f = Function::gelu; f != Function::expression;
       f = static_cast<Function>(static_cast<int>(f) + 1)) {
    if (f == Function::monomial || f == Function::rectified_power || f == Function::hermite) {
      for (const std::int64_t order : {0, 1, 2, 3, 7})
        all.push_back({.function = f, .order = order});
    } else {
      all.push_back({.function = f, .frequency = 1.3, .slope = .1, .rate = .7});
    }
  }
  return all;
}

/// Values by hand, or of Python's math, to all digits that are given.
TEST(NamedFunctions, AreWhatTheirNamesSay) {
  const auto value = [](const PointwiseOptions& options, double x) {
    return (*make_nonlinearity(options))(x);
  };
  EXPECT_NEAR(value({.function = Function::gelu}, 1), .8413447460685429, 1e-15);
  EXPECT_NEAR(value({.function = Function::gelu}, -2), -.04550026389635842, 1e-15);
  EXPECT_NEAR(value({.function = Function::sin, .frequency = 2}, .5), std::sin(1), 1e-15);
  EXPECT_NEAR(value({.function = Function::cos, .frequency = 2}, .5), std::cos(1), 1e-15);
  EXPECT_EQ(value({.function = Function::leaky_relu, .slope = .25}, -2), -.5);
  EXPECT_EQ(value({.function = Function::abs}, -2), 2);
  EXPECT_EQ(value({.function = Function::sign}, -.1), -1);
  EXPECT_EQ(value({.function = Function::sign}, 0), 0);
  EXPECT_NEAR(value({.function = Function::elu}, -1), -.6321205588285577, 1e-15);
  EXPECT_NEAR(value({.function = Function::exp, .rate = -2}, 1), .1353352832366127, 1e-15);
  EXPECT_NEAR(value({.function = Function::gauss, .rate = .5}, 2), .1353352832366127, 1e-15);
  EXPECT_NEAR(value({.function = Function::rbf, .rate = .5}, 0), 1, 1e-15);
  EXPECT_NEAR(value({.function = Function::gabor}, 1), std::exp(-1) * std::sin(1), 1e-15);
  EXPECT_EQ(value({.function = Function::monomial, .order = 3}, -2), -8);
  EXPECT_EQ(value({.function = Function::rectified_power, .order = 3}, -2), 0);
  EXPECT_EQ(value({.function = Function::rectified_power, .order = 0}, 5), 1);
  EXPECT_NEAR(value({.function = Function::hermite, .order = 3}, 2), 2 / std::sqrt(6), 1e-15);
  EXPECT_NEAR(value({.function = Function::sigmoid_like}, 2.4020563531719796),
              .5 + .5 * std::erf(1), 1e-15);
  EXPECT_NEAR(value({.function = Function::softplus}, 1), 1.3132616875182228, 1e-15);
  EXPECT_EQ(value({.function = Function::softplus}, 1000), 1000);
  EXPECT_NEAR(value({.function = Function::silu}, 1), .7310585786300049, 1e-15);
  EXPECT_NEAR(value({.function = Function::mish}, 1), .8650983882673103, 1e-15);
  EXPECT_EQ(value({.function = Function::sigmoid}, -1000), 0);
  EXPECT_EQ(value({.function = Function::hard_tanh}, 3), 1);
  EXPECT_EQ(value({.function = Function::hard_sigmoid}, 0), .5);
  EXPECT_NEAR(value({.function = Function::hard_swish}, 1), 2. / 3, 1e-15);
}

/// By differences of sixth order, away from kinks.
TEST(NamedFunctions, HaveTheSlopesOfTheirValues) {
  for (const auto& options : all_functions()) {
    const auto phi = make_nonlinearity(options);
    for (const double x : {-3.7, -2.1, -.63, -.11, .27, .81, 1.9, 2.6, 3.3}) {
      const double h = 1e-2;
      const auto at = [&](double steps) { return (*phi)(x + steps * h); };
      const double expected =
          ((at(3) - at(-3)) - 9 * (at(2) - at(-2)) + 45 * (at(1) - at(-1))) / (60 * h);
      EXPECT_NEAR(phi->slope(x), expected, 1e-9 * std::max(1., std::abs(expected)))
          << name_of(options.function) << ' ' << options.order << " at " << x;
    }
  }
}

/// What is said of kinks is what values and slopes beside them show.
TEST(NamedFunctions, JumpWhereTheySay) {
  for (const auto& options : all_functions()) {
    const auto phi = make_nonlinearity(options);
    for (const auto& kink : phi->kinks()) {
      const double near = 1e-9;
      EXPECT_NEAR((*phi)(kink.at + near) - (*phi)(kink.at - near), kink.jump, 1e-7)
          << name_of(options.function);
      EXPECT_NEAR(phi->slope(kink.at + near) - phi->slope(kink.at - near), kink.slope_jump, 1e-7)
          << name_of(options.function);
      EXPECT_NEAR(phi->slope(kink.at),
                  (phi->slope(kink.at + near) + phi->slope(kink.at - near)) / 2, 1e-7);
    }
  }
}

TEST(NamedFunctions, HaveNamesThatReadBack) {
  for (const auto& options : all_functions())
    EXPECT_EQ(function_from_name("network.activation", name_of(options.function)),
              options.function);
}

TEST(NamedFunctions, RefuseParametersThatMeanNothing) {
  const auto refusal = [](const PointwiseOptions& options) -> std::string {
    try {
      make_nonlinearity(options);
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_THAT(refusal({.function = Function::sin, .frequency = 0}),
              testing::StartsWith("network.frequency = 0: "));
  EXPECT_THAT(refusal({.function = Function::leaky_relu, .slope = NAN}),
              testing::StartsWith("network.slope = nan: "));
  EXPECT_THAT(refusal({.function = Function::gauss, .rate = -1}),
              testing::StartsWith("network.rate = -1: "));
  EXPECT_THAT(refusal({.function = Function::exp, .rate = INFINITY}),
              testing::StartsWith("network.rate = inf: "));
  EXPECT_THAT(refusal({.function = Function::monomial, .order = 51}),
              testing::StartsWith("network.order = 51: "));
  EXPECT_THAT(refusal({.function = Function::hermite, .order = -1}),
              testing::StartsWith("network.order = -1: "));
}

}  // namespace
}  // namespace wideproof::model
