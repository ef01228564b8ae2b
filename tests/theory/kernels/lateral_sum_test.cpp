// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/lateral_sum.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/autocorrelation.hpp>

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::Sheet;
using Kind = LateralFilter::Kind;

/// Sums of a few thousand products of doubles stay within this.
constexpr double rounding = 1e-12;

LateralFilter filter(const LateralFilter::Options& options) {
  return {"filter", options};
}

LateralFilter hat(Sheet sheet) {
  return filter({.kind = Kind::mexican_hat, .sheet = sheet, .scale = 1, .surround_scale = 2});
}

double sum_over_offsets(const Autocorrelation& b) {
  double sum = 0;
  for (auto y = -b.row_reach(); y <= b.row_reach(); ++y) {
    for (auto x = -b.column_reach(); x <= b.column_reach(); ++x) sum += b(y, x);
  }
  return sum;
}

TEST(Autocorrelation, OfABoxIsATriangle) {
  const Autocorrelation b(LateralFilter::box(13));
  for (int offset = -20; offset <= 20; ++offset) {
    EXPECT_NEAR(b(0, offset), std::max(0.0, 1 - std::abs(offset) / 13.0), rounding);
  }
  EXPECT_NEAR(b.degree(), 12, rounding);
}

TEST(Autocorrelation, OfASquareBoxIsAProductOfTriangles) {
  const Autocorrelation b(LateralFilter::box(4, Sheet::torus));
  for (int y = -5; y <= 5; ++y) {
    for (int x = -5; x <= 5; ++x) {
      const double expected =
          std::max(0.0, 1 - std::abs(y) / 4.0) * std::max(0.0, 1 - std::abs(x) / 4.0);
      EXPECT_NEAR(b(y, x), expected, rounding);
    }
  }
  EXPECT_NEAR(b.degree(), 15, rounding);
}

TEST(Autocorrelation, IsOneAtZeroAndEven) {
  for (const auto sheet : {Sheet::ring, Sheet::torus}) {
    const Autocorrelation b(hat(sheet));
    EXPECT_NEAR(b(0, 0), 1, rounding);
    for (int y = 0; y < 4; ++y) {
      for (int x = 0; x < 4; ++x) EXPECT_EQ(b(y, x), b(-y, -x));
    }
  }
}

TEST(Autocorrelation, SumsToOnePlusItsDegree) {
  for (const auto sheet : {Sheet::ring, Sheet::torus}) {
    for (const auto kind : {Kind::gaussian, Kind::exponential}) {
      const Autocorrelation b(filter({.kind = kind, .sheet = sheet, .taps = 9, .scale = 1.5}));
      EXPECT_GT(b.degree(), 1);
      EXPECT_NEAR(sum_over_offsets(b), 1 + b.degree(), rounding);
    }
    EXPECT_NEAR(sum_over_offsets(Autocorrelation(hat(sheet))), 0, rounding);
  }
}

TEST(Autocorrelation, OfAFilterWithoutSumHasDegreeMinusOne) {
  EXPECT_NEAR(Autocorrelation(hat(Sheet::ring)).degree(), -1, rounding);
  EXPECT_NEAR(Autocorrelation(hat(Sheet::torus)).degree(), -1, rounding);
}

TEST(Autocorrelation, OfAUniformCorrelationKeepsOnlyItsDegree) {
  const Autocorrelation b(LateralFilter::uniform(7.5));
  EXPECT_EQ(b(0, 0), 1);
  EXPECT_EQ(b(0, 1), 0);
  EXPECT_EQ(b.degree(), 7.5);
}

TEST(LateralSum, IsTheSumOverAllOffsets) {
  const auto presynaptic =
      filter({.kind = Kind::gaussian, .sheet = Sheet::torus, .taps = 5, .scale = 1});
  const auto postsynaptic = LateralFilter::box(3, Sheet::torus);
  const auto kernel = [](double c) { return std::exp(c); };
  const Autocorrelation b(presynaptic), a(postsynaptic);
  double expected = 0;
  for (int y = -4; y <= 4; ++y) {
    for (int x = -4; x <= 4; ++x) expected += b(y, x) * kernel(a(y, x) * 0.7);
  }
  EXPECT_NEAR(LateralSum(presynaptic, postsynaptic)(kernel, 0.7), expected, rounding);
}

TEST(LateralSum, MergesOffsetsOfEqualCorrelation) {
  const LateralSum sum(LateralFilter::box(13), LateralFilter::box(3));
  // A = 0 at |γ| ≥ 3, 1/3 at 2 and 2/3 at 1.
  ASSERT_EQ(sum.others().size(), 3U);
  EXPECT_EQ(sum.others()[0].scaling, 0);
  EXPECT_NEAR(sum.others()[0].weight, 12 - 2 * (12 + 11) / 13.0, rounding);
  EXPECT_NEAR(sum.others()[1].scaling, 1 / 3.0, rounding);
  EXPECT_NEAR(sum.others()[1].weight, 2 * 11 / 13.0, rounding);
  EXPECT_NEAR(sum.others()[2].scaling, 2 / 3.0, rounding);
  EXPECT_NEAR(sum.others()[2].weight, 2 * 12 / 13.0, rounding);
}

TEST(LateralSum, LeavesOnlyTheMeanWhereACorrelationIsUniform) {
  const auto kernel = [](double c) { return 2 + c; };
  const double expected = kernel(0.5) + 4 * kernel(0);
  const LateralFilter none;
  for (const auto& receivers : {none, LateralFilter::uniform(3)}) {
    EXPECT_NEAR(LateralSum(LateralFilter::box(5), receivers)(kernel, 0.5), expected, rounding);
  }
  for (const auto& receivers : {none, LateralFilter::box(3), LateralFilter::uniform(3)}) {
    EXPECT_NEAR(LateralSum(LateralFilter::uniform(4), receivers)(kernel, 0.5), expected, rounding);
  }
}

TEST(LateralSum, DropsByTheSumOfItsTerms) {
  const LateralSum sum(LateralFilter::box(13), LateralFilter::box(3));
  const auto kernel = [](double c) { return std::exp(c); };
  const auto drop = [&](double a, double delta) { return kernel(a) - kernel(a * (1 - delta)); };
  EXPECT_NEAR(sum.drop(drop, .3), sum(kernel, 1) - sum(kernel, .7), rounding);
}

TEST(LateralSum, HasNoOtherTermsWithoutPresynapticCorrelation) {
  EXPECT_TRUE(LateralSum(LateralFilter(), LateralFilter::box(3)).others().empty());
}

}  // namespace
}  // namespace wideproof::theory
