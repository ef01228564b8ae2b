// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/hermite_table.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "test_function.hpp"

namespace wideproof::theory {
namespace {

using model::Function;
using model::PointwiseOptions;

HermiteSeries series_of(const PointwiseOptions& options, double q, std::size_t terms) {
  const auto function = layer_function(options, model::make_nonlinearity(options));
  return {FunctionPanels(function, Part::value, q, Reach::of_any), terms};
}

TEST(HermiteSeries, OfAPolynomialEndsWithItsDegree) {
  const auto series = series_of({.function = Function::hermite, .order = 7}, 1, 64);
  const auto& a = series.coefficients();
  for (std::size_t r = 0; r < a.size(); ++r) EXPECT_NEAR(a[r], r == 7 ? 1 : 0, 1e-13) << r;
  EXPECT_LE(series.rest(), 1e-14);
}

TEST(HermiteSeries, OfTheRectifierHasItsKnownCoefficients) {
  // a_{2k} = (−1)^{k+1} g(0) (2k−3)!!/√((2k)!), a_1 = ½, other odd ones 0; q scales all.
  const auto series = series_of({.function = Function::rectified_power, .order = 1}, 4, 1024);
  const auto& a = series.coefficients();
  double size = 1;  // (2k−3)!!/√((2k)!), k = 1: 1/√2
  for (std::size_t r = 2; r < a.size(); r += 2) {
    const auto n = static_cast<double>(r);
    size *= r == 2 ? 1 / std::numbers::sqrt2 : (n - 3) / std::sqrt(n * (n - 1));
    const double sign = r % 4 == 2 ? 1 : -1;
    EXPECT_NEAR(a[r], 2 * sign * size * std::numbers::inv_sqrtpi / std::numbers::sqrt2, 1e-14) << r;
    EXPECT_NEAR(a[r + 1], 0, 1e-14) << r;
  }
  EXPECT_NEAR(a[1], 1, 1e-14);
}

TEST(HermiteTable, GivesTheMeansThatItVouchesForAndNoOthers) {
  const std::vector<double> variances = {0.02, 0.7, 1.3, 40};
  for (const Function function : {Function::silu, Function::hard_tanh, Function::elu}) {
    const auto mean = panels_of({.function = function});
    const auto table = mean->table(variances);
    ASSERT_TRUE(table);
    for (std::size_t a = 0; a < variances.size(); ++a) {
      for (std::size_t b = 0; b < variances.size(); ++b) {
        const double norm = std::sqrt(variances[a] * variances[b]);
        for (const double c : {-1.0, -0.95, -0.3, 0.0, 0.6, 0.96, 0.999, 1.0}) {
          const auto value = table->mean(a, b, c);
          if (std::abs(c) < 0.965) {
            ASSERT_TRUE(value) << name_of(function) << ' ' << c;
          }
          if (!value) continue;
          const auto pair = GaussianPair::of(variances[a], variances[b], c * norm);
          EXPECT_NEAR(*value, mean->value(pair),
                      1e-14 * scale_of(*mean, variances[a], variances[b]))
              << name_of(function) << ' ' << a << ' ' << b << ' ' << c;
        }
      }
    }
  }
  // A kink leaves coefficients that fall like a power.
  EXPECT_FALSE(panels_of({.function = Function::hard_tanh})->table(variances)->mean(1, 2, 0.999));
  EXPECT_TRUE(panels_of({.function = Function::silu})->table(variances)->mean(1, 2, 0.999));
}

}  // namespace
}  // namespace wideproof::theory
