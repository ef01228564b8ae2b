// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/projection_noise.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

struct Threshold {
  double alpha;
  bool is_signed;

  double value(double u) const {
    return is_signed ? std::copysign(positive_part(std::abs(u) - alpha), u)
                     : positive_part(u - alpha);
  }
  double slope(double u) const { return (is_signed ? std::abs(u) : u) > alpha ? 1 : 0; }
};

/// Panels of length 1 at most, with an edge wherever one of `kinks` is.
std::vector<double> edges_with(std::vector<double> kinks) {
  std::sort(kinks.begin(), kinks.end());
  std::vector<double> edges{-9};
  kinks.push_back(9);
  for (const double kink : kinks) {
    if (kink <= edges.back() || kink > 9) continue;
    const double from = edges.back();
    const int parts = static_cast<int>(std::ceil(kink - from));
    for (int i = 1; i <= parts; ++i) edges.push_back(from + (kink - from) * i / parts);
  }
  return edges;
}

/// Σ weight · f(u, v) over standard normals of correlation 1 − δ.
template <class Function>
double pair_mean(const Threshold& at, double delta, const Function& f) {
  const double c = 1 - delta;
  const double r = std::sqrt(delta * (2 - delta));
  std::vector<double> outer;
  std::vector<double> kinks{at.alpha};
  if (at.is_signed) kinks.push_back(-at.alpha);
  for (const double kink : {at.alpha, -at.alpha}) {
    for (const double apart : {-8., -5., -2.5, -1., 0., 1., 2.5, 5., 8.})
      outer.push_back(kink + apart * std::min(r, .5));
  }
  double sum = 0;
  for (const auto& [u, du] : panel_nodes(edges_with(outer))) {
    std::vector<double> inner;
    for (const double kink : kinks) inner.push_back((kink - c * u) / r);
    for (const auto& [x, dx] : panel_nodes(edges_with(inner))) {
      sum += du * dx * normal_density(u) * normal_density(x) * f(u, c * u + r * x);
    }
  }
  return sum;
}

struct Expected {
  double deficit, slope, variance;
  double fourth;  ///< E[φ⁴]/κ²: the terms that make up the variance are as large
};

/// E[ψ²] by ψ's definition, without any difference taken beforehand.
Expected variance_by_quadrature(const Threshold& at, double delta) {
  const auto mean = [&](const auto& f) { return pair_mean(at, delta, f); };
  const auto magnitude = [&](double u) { return std::abs(at.value(u)); };
  const double square = mean([&](double u, double) { return at.value(u) * at.value(u); });
  const double first = mean([&](double u, double) { return magnitude(u); });
  const double active = mean([&](double u, double) { return at.slope(u); });
  const double gram = mean([&](double u, double v) { return at.value(u) * at.value(v); }) / square;
  const double sided = mean([&](double u, double v) {
    return std::copysign(at.slope(u), at.is_signed ? u : 1) * at.value(v);
  });
  const auto influence = [&](double u) {
    const double z = at.value(u);
    return ((std::abs(z) - first) - first / (2 * square) * (z * z - square)) /
           (active - first * first / square);
  };
  const auto psi = [&](double u, double v) {
    const double a = at.value(u);
    const double b = at.value(v);
    return (a * b - gram / 2 * (a * a + b * b) -
            (sided - gram * first) * (influence(u) + influence(v))) /
           square;
  };
  return {1 - gram, mean([&](double u, double v) { return at.slope(u) * at.slope(v); }) / square,
          mean([&](double u, double v) { return psi(u, v) * psi(u, v); }),
          mean([&](double u, double) { return std::pow(at.value(u), 4); }) / (square * square)};
}

TEST(ProjectedPair, HasTheVarianceOfItsInfluence) {
  for (const bool is_signed : {false, true}) {
    for (const double sparseness : {.3, .6, .8, .95}) {
      const Threshold at{projection_threshold(sparseness, is_signed), is_signed};
      for (const double delta : {1e-3, .1, .5, 1., 1.4, 1.95}) {
        const ProjectedPair pair(at.alpha, is_signed, delta);
        const auto expected = variance_by_quadrature(at, delta);
        EXPECT_NEAR(pair.deficit, expected.deficit, 1e-11);
        EXPECT_NEAR(pair.slope, expected.slope, 1e-11 * pair.slope + 1e-12);
        EXPECT_NEAR(pair.variance, expected.variance,
                    1e-10 * expected.variance + 1e-12 * expected.fourth)
            << sparseness << ' ' << is_signed << ' ' << delta;
      }
    }
  }
}

// V/d² goes to a limit with the root of the deficit, d being the Gram's.
TEST(ProjectedPair, KeepsTheDigitsOfNearInputs) {
  for (const bool is_signed : {false, true}) {
    const double alpha = projection_threshold(.7, is_signed);
    const auto relative = [&](double delta) {
      const ProjectedPair pair(alpha, is_signed, delta);
      return pair.variance / (pair.deficit * pair.deficit);
    };
    const double at_limit = relative(1e-16);
    EXPECT_GT(at_limit, .1);
    for (const double root : {1e-4, 1e-5, 1e-6}) {
      EXPECT_NEAR(relative(root * root), at_limit, 20 * root * at_limit);
    }
  }
}

TEST(ProjectedPair, OfOneInputDoesNotVary) {
  for (const bool is_signed : {false, true}) {
    const ProjectedPair pair(.8, is_signed, 0);
    EXPECT_EQ(pair.deficit, 0);
    EXPECT_EQ(pair.variance, 0);
  }
  EXPECT_NEAR(ProjectedPair(.8, true, 2).deficit, 2, 1e-13);
  EXPECT_NEAR(ProjectedPair(.8, true, 2).variance, 0, 1e-12);
}

}  // namespace
}  // namespace wideproof::theory
