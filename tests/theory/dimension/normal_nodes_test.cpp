// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/normal_nodes.hpp>

#include <cmath>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {
namespace {

TEST(NormalNodes, HaveTheMomentsOfANormal) {
  const auto nodes = normal_nodes({});
  const double moments[] = {1, 0, 1, 0, 3, 0, 15, 0, 105};
  for (int n = 0; n <= 8; ++n) {
    EXPECT_NEAR((nodes.weights * nodes.x.pow(n)).sum(), moments[n], 1e-13 * (1 + moments[n])) << n;
  }
}

// E[He_r(x) cos(5x)]/√(r!) = ±5^r exp(−25/2)/√(r!) for even r, at most 0.3.
TEST(NormalNodes, HaveHermiteCoefficientsOfHighDegree) {
  const auto nodes = normal_nodes({});
  const Eigen::ArrayXd weighted = nodes.weights * (5 * nodes.x).cos();
  Eigen::ArrayXd before = Eigen::ArrayXd::Ones(nodes.x.size());
  Eigen::ArrayXd now = nodes.x;
  double size = std::exp(-12.5);
  for (int r = 1; r <= 128; ++r) {
    size *= 5 / std::sqrt(double(r));
    const double expected = r % 2 == 1 ? 0 : (r % 4 == 0 ? size : -size);
    EXPECT_NEAR((weighted * now).sum(), expected, 1e-12) << r;
    const Eigen::ArrayXd next = (nodes.x * now - std::sqrt(double(r)) * before) / std::sqrt(r + 1.);
    before = now;
    now = next;
  }
}

// The mean of a step at x₀ is Q(x₀), and of (x − x₀)₊ its closed form, wherever x₀ lies.
TEST(NormalNodes, PutAnEdgeAtATransition) {
  for (const double centre : {-5.3, -1.0, 0.0, 0.123, 3.7}) {
    for (const double scale : {1e-3, 1e-15, 1e-200, 0.0}) {
      const auto nodes = normal_nodes({{centre, scale}, {0.5, 0.01}});
      const Eigen::ArrayXd above = (nodes.x > centre).cast<double>();
      EXPECT_NEAR((nodes.weights * above).sum(), normal_tail(centre), 1e-15);
      EXPECT_NEAR((nodes.weights * above * (nodes.x - centre)).sum(),
                  normal_density(centre) - centre * normal_tail(centre), 1e-14);
    }
  }
}

// ∫Dx tanh'((x−x₀)/s)/s → 2 g(x₀): the correction is s²π²/24 g''/g, 4e-13 here; rounding of
// x − x₀ leaves 1e-16/s.
TEST(NormalNodes, ResolveASteepTanh) {
  const double centre = 0.7;
  const double scale = 1e-6;
  const auto nodes = normal_nodes({{centre, scale}});
  const double slope =
      (nodes.weights * ((nodes.x - centre) / scale).cosh().square().inverse()).sum();
  EXPECT_NEAR(slope / scale, 2 * normal_density(centre), 1e-10);
}

TEST(NormalNodes, IgnoreTransitionsBeyondTheLine) {
  EXPECT_EQ(normal_nodes({{1e9, 1e-3}, {-60, 1e-9}, {0, 2}}).x.size(), normal_nodes({}).x.size());
  EXPECT_NEAR(normal_nodes({{13.5, 0.4}}).weights.sum(), 1, 1e-15);
}

}  // namespace
}  // namespace wideproof::theory
