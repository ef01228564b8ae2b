// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/pair_sum.hpp>

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

using model::LateralFilter;
using model::Sheet;

constexpr std::int64_t width = 49;
constexpr double threshold = 0.5244005127;
constexpr double rounding = 1e-10;
constexpr double correlations[] = {-.7, 0., .2, .9, 1.};

std::shared_ptr<const GaussianPairTable> table() {
  static const auto shared = std::make_shared<const GaussianPairTable>(threshold);
  return shared;
}

PairSum sum_of(const LateralFilter& presynaptic, const LateralFilter& postsynaptic) {
  return {table(), LateralConvolver(presynaptic, width), LateralConvolver(postsynaptic, width),
          width};
}

/// `expected(c)`: of the products.
template <class Expected>
void expect_products(const PairSum& sum, const Expected& expected) {
  for (const double c : correlations) {
    EXPECT_NEAR(sum(c).product, expected(c), rounding) << c;
    if (std::abs(c) == 1) continue;
    constexpr double step = 1e-4;
    const double slope = (expected(c + step) - expected(c - step)) / (2 * step);
    EXPECT_NEAR(sum(c).coactive, slope, 1e-6) << c;  // third derivatives are below 100
  }
}

double k(double c) {
  return (*table())(c).product;
}

TEST(PairSum, OfNeuronsThemselvesIsTheTable) {
  expect_products(PairSum(table()), k);
  expect_products(sum_of(LateralFilter(), LateralFilter::box(3)), k);
  EXPECT_EQ(PairSum(table())(.3).gated, (*table())(.3).gated);
}

TEST(PairSum, AddsTheDegreeOfCorrelation) {
  // A box of z taps has Σ_{γ≠0} B(γ) = z − 1; on a torus, z² − 1.
  const auto expect_degree = [](const LateralFilter& filter, double degree) {
    const auto sum = sum_of(filter, LateralFilter());
    expect_products(sum, [&](double c) { return k(c) + degree * k(0); });
    EXPECT_NEAR(sum(.4).gated, (*table())(.4).gated + degree * (*table())(0).gated, rounding);
  };
  expect_degree(LateralFilter::box(5), 4);
  expect_degree(LateralFilter::box(3, Sheet::torus), 8);
  // Every other neuron has correlation degree/width, at this width and not only in the limit.
  expect_degree(LateralFilter::uniform(6), 6. * (width - 1) / width);
}

TEST(PairSum, KnowsNeuronsThatCovaryOnBothSides) {
  expect_products(sum_of(LateralFilter::box(4), LateralFilter::box(3)), [](double c) {
    return k(c) + 2 * (.75 * k(c * 2 / 3) + .5 * k(c / 3) + .25 * k(0));
  });
  expect_products(sum_of(LateralFilter::box(2), LateralFilter::uniform(7)),
                  [](double c) { return k(c) + 2 * .5 * k(c * 7 / width); });
}

}  // namespace
}  // namespace wideproof::sim
