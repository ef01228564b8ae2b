// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/truncated_moments.hpp>

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

/// The quadrature's, for moments up to 15: 19 panels of 20 points, twice.
constexpr double quadrature_error = 1e-12;

double power_above(double x, int p) {
  return x > 0 ? std::pow(x, p) : 0;
}

/// E[weight(u) (v−τ)₊^q | all u above τ or not], by conditioning on u; v = cu + rw.
template <class Weight>
double by_quadrature(double tau, double c, int q, bool above, const Weight& weight) {
  const double r = std::sqrt(1 - c * c);
  double sum = 0;
  for (const auto& [u, du] : panel_nodes(edges_around(tau))) {
    if (above && u <= tau) continue;
    double inner = 0;
    if (r == 0) {
      inner = power_above(c * u - tau, q);
    } else {
      const double kink = std::clamp((tau - c * u) / r, -9.0, 9.0);
      for (const auto& [w, dw] : panel_nodes(edges_around(kink))) {
        inner += dw * normal_density(w) * power_above(c * u + r * w - tau, q);
      }
    }
    sum += du * normal_density(u) * weight(u) * inner;
  }
  return sum;
}

TEST(TruncatedMoments, AgreeWithQuadrature) {
  for (const double f : {1e-4, .1, .5, .9}) {
    const double tau = tau_of(f);
    // At −1 and f = 0.9 both are active between τ and −τ, where the panels have no edge.
    for (const double c : {-.9, -.3, 0.0, .5, .99, 1.0}) {
      const TruncatedMoments m(tau, c);
      for (int p = 0; p <= 4; ++p) {
        for (int q = 0; p + q <= 4; ++q) {
          const double expected =
              by_quadrature(tau, c, q, true, [&](double u) { return std::pow(u - tau, p); });
          EXPECT_NEAR(m(p, q), expected, quadrature_error) << f << " " << c << " " << p << q;
        }
      }
    }
  }
}

TEST(TruncatedMoments, WithSquaresAgreeWithQuadrature) {
  const double tau = tau_of(.3);
  for (const double c : {-.9, 0.0, .5, 1.0}) {
    const TruncatedMoments m(tau, c);
    for (int q = 0; q <= 2; ++q) {
      const auto square = [](double u) { return u * u; };
      EXPECT_NEAR(m.square_times_other(q), by_quadrature(tau, c, q, false, square),
                  quadrature_error);
      for (int p = 0; p + q <= 2; ++p) {
        const auto product = [&](double u) { return u * u * std::pow(u - tau, p); };
        EXPECT_NEAR(m.square_times(p, q), by_quadrature(tau, c, q, true, product),
                    quadrature_error);
      }
    }
  }
}

TEST(TruncatedMoments, StartWithTheKernel) {
  for (const double f : {1e-4, .1, .5, .9}) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    for (const double c : {-1.0, -.5, 0.0, .999, 1.0}) {
      const TruncatedMoments m(kernel.tau(), c);
      EXPECT_NEAR(m(0, 0), kernel.derivative(c), 1e-15);
      EXPECT_NEAR(m(0, 1), kernel.step_times_relu(c), 1e-15);
      EXPECT_NEAR(m(1, 1), kernel(c), ThresholdedReluKernel::accuracy);
    }
  }
}

TEST(TruncatedMoments, OfEqualInputsAreThoseOfOne) {
  for (const double f : {1e-4, .1, .5, .9}) {
    const TruncatedMoments m(tau_of(f), 1.0);
    for (int p = 0; p <= 4; ++p) {
      for (int q = 0; p + q <= 4; ++q) EXPECT_NEAR(m(p, q), m.single(p + q), 1e-13);
    }
  }
}

TEST(TruncatedMoments, OfOppositeInputsVanishAboveAPositiveThreshold) {
  const TruncatedMoments positive(tau_of(.1), -1.0);
  const TruncatedMoments zero(0.0, -1.0);
  for (int p = 0; p <= 4; ++p) {
    for (int q = 0; p + q <= 4; ++q) {
      EXPECT_NEAR(positive(p, q), 0, 1e-15);
      EXPECT_NEAR(zero(p, q), 0, 1e-15);
    }
  }
  // Between τ = −t and t: E[(u+t)(t−u)] = t² P − E[u²; |u|<t].
  const double t = tau_of(.1);
  const TruncatedMoments negative(-t, -1.0);
  EXPECT_NEAR(negative(1, 1), .8 * (t * t - 1) + 2 * t * normal_density(t), 1e-14);
}

}  // namespace
}  // namespace wideproof::theory
