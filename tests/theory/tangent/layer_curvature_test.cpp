// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/layer_curvature.hpp>

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/tangent/layer_influences.hpp>

#include "pair_quadrature.hpp"

namespace wideproof::theory {
namespace {

using model::Activation;
using model::Network;
using model::ThresholdRule;

constexpr double curved_fraction = 0.3;

Network curved(Activation activation) {
  return Network({.activation = activation,
                  .active_fraction = curved_fraction,
                  .threshold = ThresholdRule::fixed});
}

double threshold_of(Activation activation, double q) {
  return activation == Activation::relu ? 0 : tau_of(curved_fraction) * std::sqrt(q);
}

// By second differences, whose error falls with h² and is 1e-13/h² from rounding.
TEST(LayerCurvature, HasTheSecondDerivativesOfAPairsMeans) {
  const double q = 1.4, delta = 0.4, h = 4e-3;
  for (const auto activation : {Activation::thresholded_relu, Activation::relu}) {
    const LayerCurvature curvature(curved(activation), q, delta);
    const double t = threshold_of(activation, q);
    const auto at = [&](const Eigen::Vector3d& step) {
      return pair_means(q + step(0), q * (1 - delta) + step(1), q + step(2), t);
    };
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        const Eigen::Vector3d di = h * Eigen::Vector3d::Unit(i), dj = h * Eigen::Vector3d::Unit(j);
        const auto pp = at(di + dj), pm = at(di - dj), mp = at(dj - di), mm = at(-di - dj);
        EXPECT_NEAR(curvature.gram[1](i, j), (pp.gram - pm.gram - mp.gram + mm.gram) / (4 * h * h),
                    2e-4)
            << i << j;
        EXPECT_NEAR(curvature.slope[1](i, j),
                    (pp.slope - pm.slope - mp.slope + mm.slope) / (4 * h * h), 2e-4)
            << i << j;
      }
    }
  }
}

TEST(LayerCurvature, OfOneInputIsThatOfItsMeans) {
  const double q = 1.4, h = 1e-2;
  const LayerCurvature curvature(curved(Activation::thresholded_relu), q, 0.4);
  const double t = threshold_of(Activation::thresholded_relu, q);
  const auto fraction = [&](double variance) { return normal_tail(t / std::sqrt(variance)); };
  const auto square = [&](double variance) {
    const double z = t / std::sqrt(variance);
    return variance * ((1 + z * z) * normal_tail(z) - z * normal_density(z));
  };
  const auto bend = [&](const auto& of) { return (of(q + h) - 2 * of(q) + of(q - h)) / (h * h); };
  for (const std::size_t entry : {std::size_t{0}, std::size_t{2}}) {
    const auto own = static_cast<Eigen::Index>(entry);
    EXPECT_NEAR(curvature.slope[entry](own, own), bend(fraction), 1e-4);
    EXPECT_NEAR(curvature.gram[entry](own, own), bend(square), 1e-4);
    EXPECT_NEAR(curvature.slope[entry].norm(), std::abs(bend(fraction)), 1e-4);
  }
}

// Price: E[∂_a∂_b] is the derivative by K_ab, E[∂_a²] twice that by K_aa.
TEST(LayerCurvature, PullsAsTheSlopeDependsOnTheKernel) {
  for (const auto activation : {Activation::thresholded_relu, Activation::relu}) {
    const LayerCurvature curvature(curved(activation), 1.4, 0.4);
    const LayerInfluences layer(curved(activation), 1.4, 0.4);
    EXPECT_NEAR(curvature.pull[1](0, 1), layer.slope_by_kernel(1, 1), 1e-13);
    EXPECT_NEAR(curvature.pull[1](0, 0), 2 * layer.slope_by_kernel(1, 0), 1e-13);
    EXPECT_NEAR(curvature.pull[1](1, 1), 2 * layer.slope_by_kernel(1, 2), 1e-13);
    EXPECT_NEAR(curvature.pull[0](0, 0), 2 * layer.slope_by_kernel(0, 0), 1e-13);
    EXPECT_NEAR(curvature.pull[2](1, 1), 2 * layer.slope_by_kernel(2, 2), 1e-13);
  }
}

// Stein: E[h_y F] = Σ_w K_yw E[∂_w F], F = φ_xφ'_a.
TEST(LayerCurvature, RegressesOnBothInputs) {
  const double q = 1.4, k = 0.8;
  for (const auto activation : {Activation::thresholded_relu, Activation::relu}) {
    const LayerCurvature curvature(curved(activation), q, 1 - k / q);
    const double t = threshold_of(activation, q);
    Eigen::Matrix<double, 4, 2> with_field = Eigen::Matrix<double, 4, 2>::Zero();
    Eigen::Matrix4d moments = Eigen::Matrix4d::Zero();
    for_each_pair(q, k, q, t, [&](double u, double v, double weight) {
      const std::array<double, 2> phi = {positive_part(u - t), positive_part(v - t)};
      const std::array<double, 2> active = {u > t ? 1.0 : 0.0, v > t ? 1.0 : 0.0};
      Eigen::Vector4d value;
      value << phi[0] * active[0], phi[0] * active[1], phi[1] * active[0], phi[1] * active[1];
      with_field.col(0) += weight * u * value;
      with_field.col(1) += weight * v * value;
      moments += weight * value * value.transpose();
    });
    const Eigen::Matrix2d kernel = (Eigen::Matrix2d() << q, k, k, q).finished();
    EXPECT_LT((curvature.regression * kernel - with_field).cwiseAbs().maxCoeff(), 1e-11);
    EXPECT_LT((curvature.moments - moments).cwiseAbs().maxCoeff(), 1e-11);
  }
}

TEST(LayerCurvature, OfLinearNeuronsIsNone) {
  const LayerCurvature curvature(curved(Activation::linear), 1.4, 0.4);
  for (const std::size_t entry : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    EXPECT_EQ(curvature.gram[entry].norm() + curvature.slope[entry].norm(), 0);
  }
  EXPECT_EQ(curvature.pulled(LayerCurvature::Products::Ones()), Eigen::Vector3d::Zero());
  EXPECT_EQ(curvature.moments(0, 1), 1.4);
  EXPECT_NEAR(curvature.moments(0, 2), 1.4 * 0.6, 1e-14);
}

}  // namespace
}  // namespace wideproof::theory
