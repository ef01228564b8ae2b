// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/projection_kernel.hpp>

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

/// What a layer of n is projected to where its Hoyer sparseness is to be σ: the σ* of infinite
/// width with the same ‖p‖₁/(√n ‖p‖₂).
double of_layer(double hoyer, double width) {
  return hoyer * (1 - 1 / std::sqrt(width));
}

TEST(ProjectionKernel, HasThePrintedActiveFractions) {
  const auto active = [](double sparseness, bool is_signed) {
    return ProjectionKernel(sparseness, is_signed).active_fraction();
  };
  EXPECT_NEAR(active(of_layer(.45, 1000), true), .53220088, printed(8));
  EXPECT_NEAR(active(of_layer(.60, 1000), true), .30292376, printed(8));
  EXPECT_NEAR(active(of_layer(.75, 1000), true), .13315642, printed(8));
  EXPECT_NEAR(active(of_layer(.80, 1000), true), .09110371, printed(8));
  EXPECT_NEAR(active(of_layer(.75, 1000), false), .13014280, printed(8));
  EXPECT_NEAR(active(of_layer(.80, 1000), false), .08940371, printed(8));
  EXPECT_NEAR(active(.8, true), .07216897, printed(8));
  EXPECT_NEAR(active(.8, false), .07096125, printed(8));
}

TEST(ProjectionKernel, HasThePrintedGrams) {
  const double sparseness = of_layer(.6, 20000);
  EXPECT_NEAR(ProjectionKernel(sparseness, false)(1, 1, .9), .86409654, printed(8));
  EXPECT_NEAR(ProjectionKernel(sparseness, true)(1, 1, .9), .82023240, printed(8));
}

TEST(ProjectionKernel, IsOddWhereSignedAndOfUnitDiagonal) {
  for (const double sparseness : {.3, .6, .9}) {
    const ProjectionKernel with_signs(sparseness, true);
    EXPECT_NEAR(with_signs(2, 2, 2), 1, 1e-13);
    EXPECT_NEAR(with_signs(1, 1, -1), -1, 1e-13);
    EXPECT_EQ(with_signs(1, 1, 0), 0);
    EXPECT_NEAR(with_signs(1, 4, .6), -with_signs(4, 1, -.6), 1e-14);
    EXPECT_NEAR(ProjectionKernel(sparseness, false)(3, 3, 3), 1, 1e-13);
  }
}

// drop() and the difference of two values are computed apart.
TEST(ProjectionKernel, DropsByItsDifferences) {
  for (const bool is_signed : {false, true}) {
    const ProjectionKernel kernel(.7, is_signed);
    for (const double scaling : {1., .4, -.3}) {
      for (const double delta : {0., .01, .3, 1.5}) {
        const double difference = kernel(1, 1, scaling) - kernel(1, 1, scaling * (1 - delta));
        EXPECT_NEAR(kernel.drop(1, scaling, delta), difference, 1e-12);
      }
    }
    // Near inputs keep their digits: k(1) − k(1−δ) → δ Q(α)/k(1), but for √δ.
    const double tiny = kernel.drop(1, 1, 1e-12);
    EXPECT_NEAR(tiny / 1e-12, kernel.drop(1, 1, 1e-14) / 1e-14, 1e-4 * tiny / 1e-12);
  }
}

TEST(ProjectionKernel, NamesASparsenessOfNoThreshold) {
  for (const auto& [sparseness, is_signed] : std::vector<std::pair<double, bool>>{
           {.202, true}, {.999, true}, {.1, false}, {0, true}, {1, false}}) {
    EXPECT_THROW(projection_threshold(sparseness, is_signed), model::InputError);
  }
  EXPECT_GT(projection_threshold(.2023, true), 0);
  EXPECT_LT(projection_threshold(.4, false), 0);
}

}  // namespace
}  // namespace wideproof::theory
