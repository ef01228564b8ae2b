// SPDX-License-Identifier: MIT
#include <wideproof/theory/pair_kernel.hpp>

#include <cmath>
#include <functional>

#include <gtest/gtest.h>
#include <wideproof/theory/conditional_influence.hpp>
#include <wideproof/theory/normal_tail.hpp>
#include <wideproof/theory/thresholded_relu_kernel.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

using model::ThresholdRule;
using Map = std::function<double(const Eigen::Vector3d&)>;

/// E[(h_a−τ)₊(h_b−τ)₊]: the threshold stays where it is.
double with_fixed_thresholds(double tau, double scaling, const Eigen::Vector3d& x) {
  const double root_a = std::sqrt(x(0));
  const double root_b = std::sqrt(x(2));
  const double norm = root_a * root_b;
  return norm * unequal_kernel(tau / root_a, tau / root_b, scaling * x(1) / norm);
}

double with_scaled_thresholds(double tau, double scaling, const Eigen::Vector3d& x) {
  const double norm = std::sqrt(x(0) * x(2));
  return norm * ThresholdedReluKernel(tau)(scaling * x(1) / norm);
}

/// Central differences of step 1e-3: off by about 1e-6 times the fourth derivative, and by
/// 1e-15/1e-6 for rounding.
constexpr double step = 1e-3;

double first_difference(const Map& map, const Eigen::Vector3d& x, int i) {
  const Eigen::Vector3d dx = step * Eigen::Vector3d::Unit(i);
  return (map(x + dx) - map(x - dx)) / (2 * step);
}

double second_difference(const Map& map, const Eigen::Vector3d& x, int i, int j) {
  const Eigen::Vector3d dx = step * Eigen::Vector3d::Unit(i);
  const Eigen::Vector3d dy = step * Eigen::Vector3d::Unit(j);
  return (map(x + dx + dy) - map(x + dx - dy) - map(x - dx + dy) + map(x - dx - dy)) /
         (4 * step * step);
}

void expect_derivatives(const NeuronResponse& response, double c, double scaling, const Map& map) {
  const PairKernel kernel(response, c, scaling);
  const Eigen::Vector3d x(1, c, 1);
  EXPECT_NEAR(kernel.value, map(x), 1e-13);
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(kernel.gradient(i), first_difference(map, x, i), 1e-5);
    for (int j = 0; j < 3; ++j) {
      EXPECT_NEAR(kernel.hessian(i, j), second_difference(map, x, i, j), 1e-5)
          << response.tau << " " << c << " " << i << j;
    }
  }
}

TEST(PairKernel, HasTheDerivativesOfItsMap) {
  for (const double f : {.1, .3, .7}) {
    const double tau = tau_of(f);
    for (const double c : {-.5, 0.0, .5, .8}) {
      for (const double scaling : {1.0, .4, 0.0}) {
        expect_derivatives({.tau = tau, .rule = ThresholdRule::fixed}, c, scaling,
                           [=](const auto& x) { return with_fixed_thresholds(tau, scaling, x); });
        expect_derivatives({.tau = tau, .rule = ThresholdRule::quantile}, c, scaling,
                           [=](const auto& x) { return with_scaled_thresholds(tau, scaling, x); });
      }
    }
  }
}

TEST(PairKernel, AtEqualInputsIsTheKernelOfOne) {
  for (const double f : {.1, .5, .7}) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    const PairKernel homogeneous({.tau = kernel.tau(), .rule = ThresholdRule::std}, 1.0, 1.0);
    EXPECT_NEAR(homogeneous.gradient.sum(), kernel.at_one(), 1e-15);
    EXPECT_NEAR(homogeneous.hessian.sum(), 0, 1e-15);
    // E[(√x u − τ)₊²]: f, and τg(τ)/2
    const PairKernel fixed({.tau = kernel.tau(), .rule = ThresholdRule::fixed}, 1.0, 1.0);
    EXPECT_NEAR(fixed.gradient.sum(), f, 1e-15);
    EXPECT_NEAR(fixed.hessian.sum(), .5 * kernel.tau() * normal_density(kernel.tau()), 1e-15);
  }
}

TEST(PairKernel, IsFiniteAtOppositeInputs) {
  for (const double f : {.1, .5, .7}) {
    for (const auto rule : {ThresholdRule::fixed, ThresholdRule::quantile}) {
      const PairKernel kernel({.tau = tau_of(f), .rule = rule}, -1.0, 1.0);
      EXPECT_TRUE(kernel.gradient.allFinite() && kernel.hessian.allFinite());
    }
  }
}

TEST(UnequalKernel, IsTheKernelAtEqualThresholds) {
  for (const double tau : {-1.0, 0.0, .5, 2.0}) {
    const ThresholdedReluKernel kernel(tau);
    for (const double c : {-1.0, -.5, 0.0, .9, 1.0}) {
      EXPECT_NEAR(unequal_kernel(tau, tau, c), kernel(c), 1e-14) << tau << " " << c;
    }
  }
}

TEST(UnequalKernel, AgreesWithQuadrature) {
  for (const double h : {-9.0, -1.5, 0.0, .7, 3.0}) {
    for (const double k : {-9.0, -1.0, 0.0, 2.0}) {
      for (const double c : {-.9, -.3, .5, .95}) {
        const double r = std::sqrt(1 - c * c);
        double expected = 0;
        for (const auto& [u, du] : panel_nodes(edges_around(h))) {
          const double kink = (k - c * u) / r;
          const double tail = r * (normal_density(kink) - kink * normal_tail(kink));
          expected += du * normal_density(u) * positive_part(u - h) * tail;
        }
        // Panels of length 1 meet a kink of width r/c ≥ 0.3: 1e-9 of up to 80.
        EXPECT_NEAR(unequal_kernel(h, k, c), expected, 1e-9) << h << " " << k << " " << c;
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::theory
