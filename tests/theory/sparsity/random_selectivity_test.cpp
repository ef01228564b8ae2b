// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/random_selectivity.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

constexpr double selective_fractions[] = {.5, .3, .1};

struct SampledSelectivity {
  double active_fraction, within, between, mean, error;
};

/// Printed values, of sampled neurons; the last three were sampled again with NumPy, six million
/// neurons each. Twelve comparisons at 4 standard errors fail by chance once in 1300 times.
constexpr SampledSelectivity sampled_selectivities[] = {
    {.5, .5, 0, .54651, 8e-5},     {.3, .5, 0, .64683, 9e-5},     {.1, .5, 0, .76351, 9e-5},
    {.5, .5, .3, .44430, 1e-4},    {.3, .5, .3, .54169, 1.1e-4},  {.1, .5, .3, .66702, 1.1e-4},
    {.5, .8, .3, .61906, 1.2e-4},  {.3, .8, .3, .73541, 1.1e-4},  {.1, .8, .3, .85731, 9e-5},
    {.5, .5, 0, .546186, 4.65e-5}, {.1, .5, 0, .763567, 4.91e-5}, {.5, .5, .3, .444260, 5.96e-5}};

TEST(RandomSelectivity, IsThatOfSampledNeurons) {
  for (const auto& [f, within, between, mean, error] : sampled_selectivities) {
    EXPECT_NEAR(random_selectivity(tau_of(f), within, between, 10), mean, 4 * error)
        << f << " " << within << " " << between;
  }
}

TEST(RandomSelectivity, IsToldFromThatOfOtherCorrelationsAndClasses) {
  for (const auto& [f, within, between, mean, error] : sampled_selectivities) {
    const double other = random_selectivity(tau_of(f), within, between + .02, 10);
    EXPECT_GT(std::abs(other - mean), 20 * error);
    EXPECT_GT(std::abs(random_selectivity(tau_of(f), within, between, 9) - mean), 6 * error);
  }
}

// Of two classes of ReLUs with c_w → 0 the means are μ + h/2, h normal of variance c_w.
TEST(RandomSelectivity, OfWeakClassesIsTheLargerOfTwoNormals) {
  const double within = 1e-6;
  const double mean = normal_density(0);
  const double expected =
      0.5 * std::sqrt(within) * 2 * normal_density(0) * std::sqrt(2) / (2 * mean);
  EXPECT_NEAR(random_selectivity(0, within, 0, 2), expected, 1e-4 * expected);
  EXPECT_EQ(random_selectivity(0, .4, .4, 5), 0);
}

TEST(SelectivityNull, HasThePrintedFirstOrder) {
  const double thousand[] = {.039561, .057493, .109962};
  const double hundred[] = {.1251, .1818, .3477};
  for (int i = 0; i < 3; ++i) {
    const double tau = tau_of(selective_fractions[i]);
    EXPECT_NEAR(selectivity_null(tau, 10, 1000).first, thousand[i], printed(6));
    EXPECT_NEAR(selectivity_null(tau, 10, 100).first, hundred[i], printed(4));
  }
  EXPECT_NEAR(largest_normal(10).mean, 1.5387527308, printed(10));
  EXPECT_NEAR(largest_normal(2).mean, 1 / std::sqrt(std::acos(-1.0)), 1e-14);
  EXPECT_NEAR(largest_normal(2).square, 1, 1e-14);
}

// CV = √(k(1)/μ² − 1), in (K/(K−1)) E[ξ_(K)]·CV/(2√P_k).
TEST(SelectivityNull, HasThePrintedVariation) {
  const double variations[] = {1.46341814, 2.12677234, 4.06768250};
  for (int i = 0; i < 3; ++i) {
    const double first = selectivity_null(tau_of(selective_fractions[i]), 10, 1).first;
    EXPECT_NEAR(first * 2 * .9 / 1.5387527308, variations[i], printed(8));
  }
}

/// Printed means of sampled layers at P_k = 1000, at 4 of their standard errors.
TEST(SelectivityNull, IsThatOfPrintedSamples) {
  const double means[] = {.0383, .0558, .1026};
  const double errors[] = {3e-4, 4e-4, 8e-4};
  const double of_hundred[] = {.1161, .1628, .2866};
  for (int i = 0; i < 3; ++i) {
    const double tau = tau_of(selective_fractions[i]);
    EXPECT_NEAR(selectivity_null(tau, 10, 1000).mean(), means[i], 4 * errors[i]);
    // Without errors, and seen to the third order at best.
    const auto null = selectivity_null(tau, 10, 100);
    EXPECT_NEAR(null.mean(), of_hundred[i], null.second * null.second / null.first + .001);
    EXPECT_GT(null.first, of_hundred[i] + .004) << "the second order cannot be seen";
  }
}

struct SampledNull {
  double active_fraction, class_size, mean, error;
};

/// Sampled with NumPy: 8000 neurons at P_k = 1000, 80,000 at P_k = 100.
constexpr SampledNull sampled_nulls[] = {{.5, 1000, .038765, 1.45e-4}, {.3, 1000, .055639, 1.85e-4},
                                         {.1, 1000, .103263, 3.29e-4}, {.5, 100, .115902, 1.12e-4},
                                         {.3, 100, .163131, 1.49e-4},  {.1, 100, .286333, 2.69e-4}};

// What the series leaves out is taken as large as if its terms went on like the first two. Six
// comparisons at 4 standard errors.
TEST(SelectivityNull, IsThatOfSampledLayersToSecondOrder) {
  for (const auto& [f, size, mean, error] : sampled_nulls) {
    const auto null = selectivity_null(tau_of(f), 10, size);
    const double third = null.second * null.second / null.first;
    EXPECT_NEAR(null.mean(), mean, third + 4 * error) << f << " " << size;
    if (size == 100) {
      EXPECT_GT(null.first - mean, 3 * third + 4 * error) << "the second order cannot be seen";
    }
  }
}

TEST(RandomSelectivity, RefusesWhatItHasNoValueFor) {
  EXPECT_THROW(random_selectivity(0, .5, .3, 1), model::InputError);
  EXPECT_THROW(random_selectivity(0, .3, .5, 10), model::InputError);
  EXPECT_THROW(random_selectivity(0, .995, .5, 10), model::InputError);
  EXPECT_THROW(selectivity_null(0, 10, .5), model::InputError);
  EXPECT_THROW(selectivity_null(0, 1, 10), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
