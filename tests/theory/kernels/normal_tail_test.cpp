// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/normal_tail.hpp>

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/network.hpp>

#include "kernel_reference.hpp"
#include "printed.hpp"

namespace wideproof::theory {
namespace {

constexpr double ulp = std::numeric_limits<double>::epsilon();

TEST(NormalTail, InvertsToFortyDigitThresholds) {
  for (const auto& row : kernel_references()) {
    EXPECT_NEAR(tau_of(row.active_fraction), row.tau, 4 * ulp) << row.active_fraction;
    // A threshold that is an ulp off moves the tail by g τ ulp, and g τ < 15 f on this range.
    EXPECT_NEAR(normal_tail(row.tau) / row.active_fraction, 1, 30 * ulp) << row.active_fraction;
  }
}

TEST(NormalTail, MatchesPrintedThresholds) {
  EXPECT_NEAR(tau_of(0.3), 0.5244005127, printed(10));
  EXPECT_NEAR(tau_of(0.1), 1.2815515655, printed(10));
  EXPECT_EQ(tau_of(0.5), 0.0);
}

TEST(NormalTail, IsMinusTheIntegralOfTheDensity) {
  const double h = 1e-3;
  for (const double x : {-2.0, 0.0, 1.0, 3.0}) {
    const double simpson =
        h / 3 * (normal_density(x - h) + 4 * normal_density(x) + normal_density(x + h));
    // Simpson's error is h⁵/90 of the fourth derivative, at most 3 g(0).
    EXPECT_NEAR(normal_tail(x - h) - normal_tail(x + h), simpson,
                3 * 0.4 * std::pow(h, 5) / 90 + ulp);
  }
}

TEST(NormalTail, RefusesFractionsInTheWordsOfTheNetwork) {
  for (const double fraction : {0.0, 0.00005, 0.95, 1.0, std::nan("")}) {
    std::string of_network, of_threshold;
    try {
      model::Network({.active_fraction = fraction});
    } catch (const model::InputError& error) {
      of_network = error.what();
    }
    try {
      tau_of(fraction);
    } catch (const model::InputError& error) {
      of_threshold = error.what();
    }
    EXPECT_FALSE(of_threshold.empty()) << fraction;
    EXPECT_EQ(of_threshold, of_network);
  }
}

}  // namespace
}  // namespace wideproof::theory
