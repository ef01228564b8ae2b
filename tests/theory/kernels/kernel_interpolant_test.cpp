// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/kernel_interpolant.hpp>

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "kernel_reference.hpp"

namespace wideproof::theory {
namespace {

constexpr double promised = 1e-12;

/// Correlations spread evenly in c, in √(1−|c|), and in its logarithm down to 1−|c| = 2⁻⁵².
std::vector<double> dense_correlations() {
  std::mt19937_64 random(20240108);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> result = {-1, 1, 0, -0.0, 1 - 0x1p-53, -1 + 0x1p-53};
  for (int i = 0; i < 20000; ++i) {
    const double root = uniform(random);
    const double sign = i % 2 == 0 ? 1 : -1;
    result.push_back(sign * uniform(random));
    result.push_back(sign * (1 - root * root));
    result.push_back(sign * (1 - std::exp2(-52 * root)));
  }
  return result;
}

double largest_error(const KernelInterpolant& interpolant, const ThresholdedReluKernel& kernel) {
  double largest = 0;
  for (const double c : dense_correlations()) {
    largest = std::max(largest, std::abs(interpolant(c) - kernel(c)));
  }
  return largest;
}

/// Deficits from 1e-300 up to 1, as many in δ, √δ and log δ each.
std::vector<double> dense_deficits() {
  std::mt19937_64 random(20240109);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> result = {1e-300, 0x1p-28, 1};
  for (int i = 0; i < 2000; ++i) {
    const double root = uniform(random);
    result.push_back(root);
    result.push_back(root * root);
    result.push_back(std::exp2(-80 * root));
  }
  return result;
}

/// Relative, against the exact kernel's.
double largest_interpolated_drop_error(const KernelInterpolant& interpolant,
                                       const ThresholdedReluKernel& kernel) {
  double largest = 0;
  for (const double delta : dense_deficits()) {
    largest = std::max(largest, std::abs(interpolant.drop(delta) / kernel.drop(1.0, delta) - 1));
  }
  return largest;
}

class InterpolantAtFraction : public testing::TestWithParam<double> {
 protected:
  ThresholdedReluKernel kernel = ThresholdedReluKernel::from_active_fraction(GetParam());
};

TEST_P(InterpolantAtFraction, StaysWithinItsBoundAndThePromise) {
  const KernelInterpolant interpolant(kernel);
  const double error = largest_error(interpolant, kernel);
  EXPECT_LE(interpolant.error_bound(), promised);
  // The kernel that it is compared with has an error of its own.
  EXPECT_LE(error, interpolant.error_bound() + ThresholdedReluKernel::accuracy);
  RecordProperty("bound", std::to_string(interpolant.error_bound() * 1e12) + "e-12");
  RecordProperty("error", std::to_string(error * 1e12) + "e-12");
}

TEST_P(InterpolantAtFraction, LowerDegreesBreakThePromiseButNotTheirOwnBound) {
  for (const int degree : {1, 2, 3, 4, 6}) {
    const KernelInterpolant coarse(kernel, degree);
    const double error = largest_error(coarse, kernel);
    EXPECT_LE(error, coarse.error_bound() + ThresholdedReluKernel::accuracy) << degree;
    if (degree <= 2) {
      EXPECT_GT(error, promised + ThresholdedReluKernel::accuracy) << degree;
    }
  }
}

TEST_P(InterpolantAtFraction, KeepsTheDigitsOfWhatNearInputsLose) {
  const KernelInterpolant interpolant(kernel);
  const double error = largest_interpolated_drop_error(interpolant, kernel);
  // 2e-12 is for f = 1e-4, whose bound on dL/ds is a coarse one.
  EXPECT_LE(interpolant.drop_error_bound(), GetParam() < 1e-3 ? 2e-12 : promised);
  EXPECT_LE(error, interpolant.drop_error_bound() + ThresholdedReluKernel::drop_accuracy);
  RecordProperty("bound", std::to_string(interpolant.drop_error_bound() * 1e12) + "e-12");
  RecordProperty("error", std::to_string(error * 1e12) + "e-12");
}

TEST_P(InterpolantAtFraction, LowerDegreesLoseThoseDigitsButKeepTheirOwnBound) {
  for (const int degree : {1, 2, 3, 4, 6}) {
    const KernelInterpolant coarse(kernel, degree);
    const double error = largest_interpolated_drop_error(coarse, kernel);
    EXPECT_LE(error, coarse.drop_error_bound() + ThresholdedReluKernel::drop_accuracy) << degree;
    if (degree <= 2) {
      EXPECT_GT(error, 2e-12) << degree;
    }
  }
}

TEST_P(InterpolantAtFraction, DropsToTheKernelOfOppositeInputs) {
  const KernelInterpolant interpolant(kernel);
  EXPECT_EQ(interpolant.drop(0), 0);
  EXPECT_EQ(interpolant(1), kernel.at_one());
  for (const double c : {-1.0, -0.999, -0.3, -0.01}) {
    EXPECT_NEAR(interpolant.drop(1 - c), kernel.at_one() - interpolant(c), 1e-15);
  }
  if (kernel.tau() > 0) {
    EXPECT_EQ(interpolant.drop(2), kernel.at_one());
  }
}

INSTANTIATE_TEST_SUITE_P(ReferenceFractions, InterpolantAtFraction,
                         testing::ValuesIn(reference_fractions()));

TEST(KernelInterpolant, AgreesWithFortyDigitQuadrature) {
  for (const double f : reference_fractions()) {
    const KernelInterpolant interpolant(ThresholdedReluKernel::from_active_fraction(f));
    for (const auto& row : kernel_references()) {
      if (row.active_fraction == f) {
        EXPECT_NEAR(interpolant(row.c), row.value, promised);
      }
    }
  }
}

TEST(KernelInterpolant, DropsAgreeWithFiftyDigitQuadrature) {
  for (const double f : reference_fractions()) {
    const KernelInterpolant interpolant(ThresholdedReluKernel::from_active_fraction(f));
    for (const auto& row : drop_references()) {
      if (row.active_fraction != f || row.scaling != 1) continue;
      EXPECT_NEAR(interpolant.drop(row.delta), row.value,
                  interpolant.drop_error_bound() * row.value);
    }
  }
}

TEST(KernelInterpolant, TakesArgumentsBeyondOneAsOneAndPassesNanOn) {
  const auto kernel = ThresholdedReluKernel::from_active_fraction(0.1);
  const KernelInterpolant interpolant(kernel);
  EXPECT_EQ(interpolant(1 + 1e-12), interpolant(1));
  EXPECT_EQ(interpolant(-1 - 1e-12), interpolant(-1));
  EXPECT_TRUE(std::isnan(interpolant(std::nan(""))));
}

}  // namespace
}  // namespace wideproof::theory
