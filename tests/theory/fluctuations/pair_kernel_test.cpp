// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/pair_kernel.hpp>

#include <cmath>
#include <functional>

#include <gtest/gtest.h>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/conditional_influence.hpp>

#include "panels.hpp"

namespace wideproof::theory {
namespace {

using model::ThresholdRule;
using Map = std::function<Eigen::Vector3d(const Eigen::Vector3d&)>;

/// E[(h_a−τ)₊(h_b−τ)₊]: the threshold stays where it is.
double with_fixed_thresholds(double tau, double aa, double ab, double bb) {
  if (aa == ab && aa == bb) return aa * ThresholdedReluKernel(tau / std::sqrt(aa)).at_one();
  const double root_a = std::sqrt(aa);
  const double root_b = std::sqrt(bb);
  const double norm = root_a * root_b;
  return norm * unequal_kernel(tau / root_a, tau / root_b, ab / norm);
}

double with_scaled_thresholds(double tau, double aa, double ab, double bb) {
  if (aa == ab && aa == bb) return aa * ThresholdedReluKernel(tau).at_one();
  const double norm = std::sqrt(aa * bb);
  return norm * ThresholdedReluKernel(tau)(ab / norm);
}

/// The map of (s, x, a), by that of the entries.
template <class EntryMap>
Map coordinate_map(const EntryMap& entry, double delta, double degree) {
  const auto whole = [=](double aa, double ab, double bb) {
    return entry(aa, ab, bb) + degree * entry(aa, 0.0, bb);
  };
  const double unit = whole(1, 1, 1);
  const double deficit = 1 - whole(1, 1 - delta, 1) / unit;
  return [=](const Eigen::Vector3d& y) {
    const double aa = 1 + y(0) + y(2);
    const double bb = 1 + y(0) - y(2);
    const double product = whole(aa, (1 - delta - y(1)) * std::sqrt(aa * bb), bb);
    const double a = whole(aa, aa, aa);
    const double b = whole(bb, bb, bb);
    return Eigen::Vector3d(.5 * (a + b) / unit - 1, 1 - deficit - product / std::sqrt(a * b),
                           .5 * (a - b) / unit);
  };
}

/// Central differences of steps 2e-3 and 1e-3, whose squares are taken out: off by about 1e-12
/// times a sixth derivative, and by 1e-15/1e-6 for rounding.
constexpr double step = 1e-3;

Eigen::Vector3d extrapolated_difference(const std::function<Eigen::Vector3d(double)>& difference) {
  return (4 * difference(step) - difference(2 * step)) / 3;
}

Eigen::Vector3d first_difference(const Map& map, int i) {
  return extrapolated_difference([&](double h) -> Eigen::Vector3d {
    const Eigen::Vector3d dx = h * Eigen::Vector3d::Unit(i);
    return (map(dx) - map(-dx)) / (2 * h);
  });
}

Eigen::Vector3d second_difference(const Map& map, int i, int j) {
  return extrapolated_difference([&](double h) -> Eigen::Vector3d {
    const Eigen::Vector3d dx = h * Eigen::Vector3d::Unit(i);
    const Eigen::Vector3d dy = h * Eigen::Vector3d::Unit(j);
    return (map(dx + dy) - map(dx - dy) - map(dy - dx) + map(-dx - dy)) / (4 * h * h);
  });
}

void expect_derivatives(const NeuronResponse& response, double delta, double degree,
                        const Map& map) {
  const PairKernel kernel(response, NeuronFeatures(response, delta), degree);
  Eigen::Matrix3d jacobian;
  jacobian << kernel.norm_by_norm, 0, 0,                     //
      kernel.deficit_by_norm, kernel.deficit_by_deficit, 0,  //
      0, 0, kernel.norm_by_norm;
  Eigen::Matrix3d of_norm = Eigen::Matrix3d::Zero();
  of_norm(0, 0) = of_norm(2, 2) = kernel.norm_curvature;
  Eigen::Matrix3d of_deficit;
  of_deficit << kernel.deficit_by_norms, kernel.deficit_by_both, 0,  //
      kernel.deficit_by_both, kernel.deficit_by_deficits, 0,         //
      0, 0, kernel.deficit_by_contrasts;
  const double tolerance = 1e-6 / kernel.value;
  for (int i = 0; i < 3; ++i) {
    EXPECT_LT((jacobian.col(i) - first_difference(map, i)).cwiseAbs().maxCoeff(), tolerance)
        << response.tau << " " << delta << " " << i;
    for (int j = 0; j < 3; ++j) {
      const Eigen::Vector3d second = second_difference(map, i, j);
      EXPECT_NEAR(of_norm(i, j), second(0), tolerance);
      EXPECT_NEAR(of_deficit(i, j), second(1), tolerance)
          << response.tau << " " << delta << " " << i << j;
    }
  }
}

TEST(PairKernel, HasTheDerivativesOfItsMap) {
  for (const double f : {.1, .3, .7}) {
    const double tau = tau_of(f);
    const NeuronResponse fixed{.tau = tau, .rule = ThresholdRule::fixed};
    const NeuronResponse quantile{.tau = tau, .rule = ThresholdRule::quantile};
    for (const double delta : {1.5, 1.0, .5, .2}) {
      for (const double degree : {0.0, 3.0}) {
        const auto entry = [tau](double aa, double ab, double bb) {
          return with_fixed_thresholds(tau, aa, ab, bb);
        };
        expect_derivatives(fixed, delta, degree, coordinate_map(entry, delta, degree));
        const auto scaled = [tau](double aa, double ab, double bb) {
          return with_scaled_thresholds(tau, aa, ab, bb);
        };
        expect_derivatives(quantile, delta, degree, coordinate_map(scaled, delta, degree));
      }
    }
  }
}

TEST(PairKernel, HasTheGradientOfTheProduct) {
  const double tau = tau_of(.3);
  const double c = .4;
  const double degree = 2;
  const auto whole = [&](const auto& entry, const Eigen::Vector3d& x) {
    return entry(tau, x(0), x(1), x(2)) + degree * entry(tau, x(0), 0.0, x(2));
  };
  const auto expect_gradient = [&](ThresholdRule rule, const auto& entry) {
    const NeuronResponse response{.tau = tau, .rule = rule};
    const Eigen::Vector3d gradient =
        PairKernel(response, NeuronFeatures(response, 1 - c), degree).product_gradient();
    for (int i = 0; i < 3; ++i) {
      const Eigen::Vector3d at(1, c, 1);
      const Eigen::Vector3d dx = step * Eigen::Vector3d::Unit(i);
      EXPECT_NEAR(gradient(i), (whole(entry, at + dx) - whole(entry, at - dx)) / (2 * step), 1e-5);
    }
  };
  expect_gradient(ThresholdRule::fixed, with_fixed_thresholds);
  expect_gradient(ThresholdRule::std, with_scaled_thresholds);
}

TEST(PairKernel, AtEqualInputsIsTheKernelOfOne) {
  for (const double f : {.1, .5, .7}) {
    const auto kernel = ThresholdedReluKernel::from_active_fraction(f);
    const NeuronResponse std{.tau = kernel.tau(), .rule = ThresholdRule::std};
    const PairKernel homogeneous(std, NeuronFeatures(std, 0.0), 0.0);
    EXPECT_EQ(homogeneous.norm_by_norm, 1);
    EXPECT_EQ(homogeneous.norm_curvature, 0);
    // E[(√x u − τ)₊²] has the derivatives f and τg(τ)/2.
    const NeuronResponse response{.tau = kernel.tau(), .rule = ThresholdRule::fixed};
    const PairKernel fixed(response, NeuronFeatures(response, 0.0), 0.0);
    EXPECT_NEAR(fixed.norm_by_norm * fixed.value, f, 1e-15);
    EXPECT_NEAR(fixed.norm_curvature * fixed.value,
                .5 * kernel.tau() * normal_density(kernel.tau()), 1e-15);
    for (const PairKernel& map : {homogeneous, fixed}) {
      EXPECT_EQ(map.deficit, 0);
      EXPECT_EQ(map.deficit_by_norm, 0);
      EXPECT_EQ(map.deficit_by_norms, 0);
    }
  }
}

TEST(PairKernel, IsFiniteAtOppositeInputs) {
  for (const double f : {.1, .5, .7}) {
    for (const auto rule : {ThresholdRule::fixed, ThresholdRule::quantile}) {
      const NeuronResponse response{.tau = tau_of(f), .rule = rule};
      const PairKernel kernel(response, NeuronFeatures(response, 2.0), 0.0);
      EXPECT_TRUE(std::isfinite(kernel.deficit_by_norms) && std::isfinite(kernel.deficit_by_both) &&
                  std::isfinite(kernel.deficit_by_deficits) &&
                  std::isfinite(kernel.deficit_by_contrasts));
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
