// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/difference_moments.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

constexpr double fractions[] = {.9, .5, .3, .1, .01, 1e-4};

/// All that vanishes with δ.
std::vector<double> differences(const DifferenceMoments& m) {
  std::vector<double> all{m.drop(),
                          m.curvature(),
                          m.fourth(),
                          m.square_with_values(),
                          m.square_with_squares(),
                          m.square_with_active(),
                          m.difference_of_squares()};
  for (int p = 0; p <= 4; ++p) all.push_back(m.alone(p));
  return all;
}

/// The same by moments that do not vanish.
std::vector<double> by_truncated_moments(double tau, double delta) {
  const TruncatedMoments m(tau, 1 - delta);
  const auto e = [&](int p) { return m.single(p); };
  std::vector<double> all{e(2) - m(1, 1),
                          e(0) - m(0, 0) - m.density() * m.at_threshold(1),
                          2 * (e(4) - 4 * m(3, 1) + 3 * m(2, 2)),
                          2 * (e(3) - m(2, 1)),
                          2 * (e(4) - 2 * m(3, 1) + m(2, 2)),
                          2 * (e(2) - 2 * m(1, 1) + m(0, 2)),
                          2 * (e(4) - m(2, 2))};
  for (int p = 0; p <= 4; ++p) all.push_back(e(p) - m(p, 0));
  return all;
}

TEST(DifferenceMoments, AreThoseOfTruncatedNormals) {
  for (const double f : fractions) {
    const double tau = tau_of(f);
    for (const double delta : {2.0, 1.9, 1.3, 1.0, .6, .2, .05}) {
      const auto values = differences(DifferenceMoments(tau, delta));
      const auto expected = by_truncated_moments(tau, delta);
      for (std::size_t i = 0; i < values.size(); ++i) {
        // Those moments are held to 1e-13 by their own tests, of numbers up to 15.
        EXPECT_NEAR(values[i], expected[i], 1e-13 * std::max(1.0, 15 * f))
            << f << " " << delta << " " << i;
      }
    }
  }
}

TEST(DifferenceMoments, AreContinuousWhereTheQuadratureEnds) {
  for (const double f : fractions) {
    const auto below = differences(DifferenceMoments(tau_of(f), 1.0));
    const auto above = differences(DifferenceMoments(tau_of(f), std::nextafter(1.0, 2.0)));
    const double accuracy = f < .01 ? 1e-11 : DifferenceMoments::accuracy;
    for (std::size_t i = 0; i < below.size(); ++i) {
      EXPECT_NEAR(above[i], below[i], accuracy * std::abs(below[i])) << f << " " << i;
    }
  }
}

/// u − v = √(2δ) e with a normal e: of its powers, by its sign alone where one is active.
TEST(DifferenceMoments, HaveTheirLimitsAtEqualInputs) {
  for (const double f : fractions) {
    const double tau = tau_of(f);
    const double g = normal_density(tau);
    const ThresholdedReluKernel kernel(tau);
    const double delta = 1e-28;
    const double root = std::sqrt(delta);
    const DifferenceMoments m(tau, delta);
    // The next order is √δ, up to 100 times.
    const auto near = [](double x) { return 1e-11 * std::abs(x); };
    EXPECT_NEAR(m.drop() / delta, f, near(f));
    EXPECT_NEAR(m.alone(0) / root, g / std::sqrt(std::numbers::pi), near(g));
    EXPECT_NEAR(m.alone(1) / delta, .5 * g, near(g));
    EXPECT_NEAR(m.curvature() / delta, .5 * tau * g, near(g));
    EXPECT_NEAR(m.fourth() / (delta * delta), 12 * f, near(12 * f));
    EXPECT_NEAR(m.square_with_active() / delta, 4 * f, near(4 * f));
    EXPECT_NEAR(m.square_with_values() / delta, 4 * kernel.mean(), near(4 * kernel.mean()));
    EXPECT_NEAR(m.square_with_squares() / delta, 4 * kernel.at_one(), near(4 * kernel.at_one()));
    EXPECT_NEAR(m.difference_of_squares() / delta, 8 * kernel.at_one(), near(8 * kernel.at_one()));
  }
}

TEST(DifferenceMoments, OfOneInputAreZero) {
  for (const double f : fractions) {
    for (const double value : differences(DifferenceMoments(tau_of(f), 0.0))) EXPECT_EQ(value, 0);
  }
}

}  // namespace
}  // namespace wideproof::theory
