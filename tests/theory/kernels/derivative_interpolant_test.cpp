// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/derivative_interpolant.hpp>

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "kernel_reference.hpp"

namespace wideproof::theory {
namespace {

/// Deficits in [0, 2] spread evenly in δ, in √ of the distance from the nearer end, and in the
/// logarithm of it down to 2⁻⁸⁰.
std::vector<double> deficits_of_all_sizes() {
  std::mt19937_64 random(20240110);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> result = {0, 1e-300, 0x1p-28, 1, 2, 2 - 0x1p-52, 2 - 0x1p-28, 2 - 0x1p-27};
  for (int i = 0; i < 10000; ++i) {
    const double root = uniform(random);
    for (const double distance : {root, root * root, std::exp2(-80 * root)}) {
      result.push_back(i % 2 == 0 ? distance : 2 - distance);
    }
  }
  return result;
}

double exact_derivative(const ThresholdedReluKernel& kernel, double delta) {
  return kernel.active_fraction() - kernel.derivative_drop(1.0, delta);
}

struct LargestErrors {
  double value = 0;
  double drop = 0;  ///< relative, δ ≤ 1
};

LargestErrors largest_errors(const DerivativeInterpolant& interpolant,
                             const ThresholdedReluKernel& kernel) {
  LargestErrors largest;
  for (const double delta : deficits_of_all_sizes()) {
    const double exact = exact_derivative(kernel, delta);
    largest.value = std::max(largest.value, std::abs(interpolant.of_deficit(delta) - exact));
    if (delta > 0 && delta <= 1) {
      const double drop = kernel.derivative_drop(1.0, delta);
      largest.drop = std::max(largest.drop, std::abs(interpolant.drop(delta) / drop - 1));
    }
  }
  return largest;
}

class DerivativeInterpolantAt : public testing::TestWithParam<double> {
 protected:
  ThresholdedReluKernel kernel = ThresholdedReluKernel::from_active_fraction(GetParam());
};

TEST_P(DerivativeInterpolantAt, StaysWithinItsBoundsAndThePromise) {
  const DerivativeInterpolant interpolant(kernel);
  const auto error = largest_errors(interpolant, kernel);
  EXPECT_LE(interpolant.error_bound(), 1e-12);
  // At f = 1e-4 the bound on dL/ds is a coarse one.
  EXPECT_LE(interpolant.drop_error_bound(), GetParam() < 1e-3 ? 2e-12 : 1e-12);
  // The kernel that it is compared with has errors of its own.
  EXPECT_LE(error.value, interpolant.error_bound() + ThresholdedReluKernel::accuracy);
  EXPECT_LE(error.drop, interpolant.drop_error_bound() + ThresholdedReluKernel::drop_accuracy);
  RecordProperty("bound", std::to_string(interpolant.error_bound() * 1e12) + "e-12");
  RecordProperty("error", std::to_string(error.value * 1e12) + "e-12");
  RecordProperty("drop_bound", std::to_string(interpolant.drop_error_bound() * 1e12) + "e-12");
  RecordProperty("drop_error", std::to_string(error.drop * 1e12) + "e-12");
}

TEST_P(DerivativeInterpolantAt, LowerDegreesBreakThePromiseButNotTheirOwnBounds) {
  for (const int degree : {1, 2, 3, 4, 6}) {
    const DerivativeInterpolant coarse(kernel, degree);
    const auto error = largest_errors(coarse, kernel);
    EXPECT_LE(error.value, coarse.error_bound() + ThresholdedReluKernel::accuracy) << degree;
    EXPECT_LE(error.drop, coarse.drop_error_bound() + ThresholdedReluKernel::drop_accuracy)
        << degree;
    if (degree <= 2) {
      EXPECT_GT(error.value, 1e-12 + ThresholdedReluKernel::accuracy) << degree;
    }
  }
}

TEST_P(DerivativeInterpolantAt, IsExactAtBothEnds) {
  const DerivativeInterpolant interpolant(kernel);
  EXPECT_EQ(interpolant.of_deficit(0), kernel.active_fraction());
  EXPECT_EQ(interpolant.of_deficit(2), kernel.derivative(-1));
  EXPECT_EQ(interpolant.drop(0), 0);
}

INSTANTIATE_TEST_SUITE_P(ReferenceFractions, DerivativeInterpolantAt,
                         testing::ValuesIn(reference_fractions()));

TEST(DerivativeInterpolant, AgreesWithFortyDigitQuadrature) {
  for (const double f : reference_fractions()) {
    const DerivativeInterpolant interpolant(ThresholdedReluKernel::from_active_fraction(f));
    for (const auto& row : kernel_references()) {
      // Nearer to −1 the rounding of 1 − c alone would move L by as much.
      if (row.active_fraction == f && row.c > -0.9999) {
        EXPECT_NEAR(interpolant.of_deficit(1 - row.c), row.derivative, 1e-12);
      }
    }
  }
}

TEST(DerivativeInterpolant, OfNearInputsAgreesWithFiftyDigitQuadrature) {
  for (const double f : reference_fractions()) {
    const DerivativeInterpolant interpolant(ThresholdedReluKernel::from_active_fraction(f));
    for (const auto& row : drop_references()) {
      if (row.active_fraction != f || row.scaling != 1 || row.delta > 1) continue;
      EXPECT_NEAR(interpolant.drop(row.delta), row.derivative,
                  interpolant.drop_error_bound() * row.derivative);
    }
  }
}

TEST(DerivativeInterpolant, PassesNanOn) {
  const DerivativeInterpolant interpolant(ThresholdedReluKernel::from_active_fraction(0.1));
  EXPECT_TRUE(std::isnan(interpolant.of_deficit(std::nan(""))));
}

// A threshold that is nearly 0 bends L within 1e-5 of s = 0 at c = −1.
TEST(DerivativeInterpolant, OfANearlyZeroThresholdStaysWithinItsBound) {
  for (const double tau : {0.0, 1e-6, 1e-5, 1e-4, 1e-3, -1e-5}) {
    const ThresholdedReluKernel kernel(tau);
    const DerivativeInterpolant interpolant(kernel);
    EXPECT_LE(interpolant.error_bound(), 1e-12) << tau;
    for (int i = 1; i <= 400; ++i) {
      const double s = std::exp2(-20.0 * i / 400);
      const double delta = 2 - s * s;
      EXPECT_NEAR(interpolant.of_deficit(delta), exact_derivative(kernel, delta), 1e-12) << s;
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
