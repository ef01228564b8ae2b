// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/projection_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

#include "pair_quadrature.hpp"
#include "panels.hpp"
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

/// Printed means of sampled layers, at 4 standard errors: six comparisons.
TEST(ProjectionKernel, IsThatOfSampledLayers) {
  struct Sampled {
    double hoyer, fraction, error;
  };
  for (const auto& [hoyer, fraction, error] : {Sampled{.45, .5290, .0013},
                                               {.60, .3019, .0011},
                                               {.75, .1331, .0008},
                                               {.80, .0903, .0006}}) {
    const double limit = ProjectionKernel(of_layer(hoyer, 1000), true).active_fraction();
    EXPECT_NEAR(limit, fraction, 4 * error);
    // The limit for layers of 1000 is not that of the sparseness itself.
    const double other = ProjectionKernel(hoyer, true).active_fraction();
    EXPECT_GT(std::abs(other - fraction), 8 * error);
  }
  const double sparseness = of_layer(.6, 20000);
  EXPECT_NEAR(ProjectionKernel(sparseness, false)(1, 1, .9), .86420, 4 * 6.7e-4);
  EXPECT_NEAR(ProjectionKernel(sparseness, true)(1, 1, .9), .8208, 4 * 1e-3);
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

// Where α is small the kernel is all but a root of δ at the opposite end.
TEST(ProjectionKernel, DropsByItsDifferencesNearTheSparsenessOfMagnitudes) {
  for (const double sparseness : {.203, .21, .25, .35, .5}) {
    const ProjectionKernel kernel(sparseness, true);
    for (const double scaling : {1., .9}) {
      for (const double delta : {.002, .03, .1, .3, .5, 2.}) {
        const double difference = kernel(1, 1, scaling) - kernel(1, 1, scaling * (1 - delta));
        EXPECT_NEAR(kernel.drop(1, scaling, delta), difference, 1e-12)
            << sparseness << " " << delta;
      }
    }
  }
}

TEST(ProjectionKernel, NamesASparsenessOfNoThreshold) {
  for (const auto& [sparseness, is_signed] : std::vector<std::pair<double, bool>>{
           {1e-4, true}, {.999, true}, {.995, false}, {0, true}, {1, false}}) {
    EXPECT_THROW(projection_threshold(sparseness, is_signed), model::InputError);
    EXPECT_THROW(make_projection_kernel(sparseness, is_signed), model::InputError);
  }
  EXPECT_GT(projection_threshold(.2023, true), 0);
  EXPECT_LT(projection_threshold(.4, false), 0);
}

/// E[f(|u|)] by quadrature, f being 0 below `start`.
template <class Function>
double mean_of_magnitude(double start, const Function& f) {
  double sum = 0;
  for (const auto& [u, weight] : panel_nodes(edges_around(start))) {
    if (u > start) sum += 2 * weight * normal_density(u) * f(u);
  }
  return sum;
}

// On both sides of where the last neuron falls silent, and where all but none does.
TEST(ProjectionKernel, HasTheThresholdOfItsSparseness) {
  for (const double sparseness : {.001, .05, .2, .2021, .3, .9, .985}) {
    const double alpha = projection_threshold(sparseness, true);
    const auto z = [&](double u) { return positive_part(u - alpha); };
    const double start = std::max(alpha, 0.0);
    const double mean = mean_of_magnitude(start, z);
    const double square = mean_of_magnitude(start, [&](double u) { return z(u) * z(u); });
    EXPECT_NEAR(mean / std::sqrt(square), 1 - sparseness, 1e-13);
    EXPECT_EQ(alpha < 0, sparseness < sparseness_of_magnitudes());
  }
  for (const double sparseness : {.001, .02, .1, .3, .99}) {
    const ThresholdedReluKernel kernel(projection_threshold(sparseness, false));
    EXPECT_NEAR(kernel.mean() / std::sqrt(kernel.at_one()), 1 - sparseness, 1e-13);
  }
}

// z = u + a sgn(u), of two normals of correlation c, by quadrature.
TEST(ShiftedSignKernel, AgreesWithQuadrature) {
  for (const double sparseness : {.01, .1, .2}) {
    const double shift = -projection_threshold(sparseness, true);
    const auto kernel = make_projection_kernel(sparseness, true);
    const auto z = [&](double u) { return u + std::copysign(shift, u); };
    const double square = mean_of_magnitude(0, [&](double u) { return z(u) * z(u); });
    for (const double c : {-.9, -.2, 0., .5, .9}) {
      double sum = 0;
      for_each_pair(1, c, 1, 0,
                    [&](double u, double v, double weight) { sum += weight * z(u) * z(v); });
      EXPECT_NEAR((*kernel)(3, 3, 3 * c), sum / square, 1e-11);
    }
    EXPECT_NEAR((*kernel)(1, 1, 1), 1, 1e-15);
    EXPECT_EQ(kernel->active_fraction(), 1);
    for (const double scaling : {1., .4, -.3}) {
      for (const double delta : {0., .01, .3, 1.5}) {
        const double difference = (*kernel)(1, 1, scaling) - (*kernel)(1, 1, scaling * (1 - delta));
        EXPECT_NEAR(kernel->drop(1, scaling, delta), difference, 1e-14);
      }
    }
    // acos(1−δ) = √(2δ)(1 + δ/12 …)
    const double of_sign = shift * shift / square;
    EXPECT_NEAR(kernel->drop(1, 1, 1e-20) /
                    (of_sign * 2 * std::numbers::inv_pi * 1e-10 * std::numbers::sqrt2),
                1, 1e-5);
  }
}

// Where one formula ends and the other starts they meet.
TEST(ShiftedSignKernel, MeetsTheThresholdedOneAtTheSparsenessOfMagnitudes) {
  const double end = sparseness_of_magnitudes();
  for (const double c : {-.5, .3, .9}) {
    EXPECT_NEAR((*make_projection_kernel(end - 1e-9, true))(1, 1, c),
                (*make_projection_kernel(end + 1e-9, true))(1, 1, c), 1e-7);
  }
}

}  // namespace
}  // namespace wideproof::theory
