// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Core>
#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {

/// Four standard normals of two common factors, u_i = λ_i·w + d_i ξ_i, |λ_i|² + d_i² = 1: given w
/// they are independent, so that averages over all four are sums over the plane of w. Nothing in
/// the library computes them so. The trapezoidal sum is exact to rounding: its step is 0.6 of
/// the least d_i.
struct FactorModel {
  Eigen::Matrix<double, 4, 2> loadings;

  Eigen::Matrix4d correlation() const {
    Eigen::Matrix4d c = loadings * loadings.transpose();
    c.diagonal().setOnes();
    return c;
  }

  double own(int i) const { return std::sqrt(1 - loadings.row(i).squaredNorm()); }

  /// E[function(E[u_i|w] for i = 1…4)]
  template <typename Function>
  auto average(const Function& function) const {
    const double step = .6 * std::min({own(0), own(1), own(2), own(3)});
    const auto at = [&](double x, double y) {
      return function(Eigen::Vector4d(loadings * Eigen::Vector2d(x, y)));
    };
    auto sum = at(0, 0);
    sum *= 0;
    const int reach = static_cast<int>(8.5 / step);
    for (int i = -reach; i <= reach; ++i) {
      for (int j = -reach; j <= reach; ++j) {
        const double x = step * i;
        const double y = step * j;
        sum += step * step * normal_density(x) * normal_density(y) * at(x, y);
      }
    }
    return sum;
  }

  /// E[(u_i−τ)₊ | w] and P(u_i>τ | w), where E[u_i|w] is `mean`
  double value(int i, double tau, double mean) const {
    const double h = (tau - mean) / own(i);
    return own(i) * (normal_density(h) - h * normal_tail(h));
  }
  double active(int i, double tau, double mean) const { return normal_tail((tau - mean) / own(i)); }
};

/// Loadings of norms √(1−d_i²) at angles in the plane.
inline FactorModel factor_model(const Eigen::Vector4d& angles, const Eigen::Vector4d& own) {
  FactorModel model;
  for (int i = 0; i < 4; ++i) {
    const double norm = std::sqrt(1 - own(i) * own(i));
    model.loadings.row(i) << norm * std::cos(angles(i)), norm * std::sin(angles(i));
  }
  return model;
}

/// All kinds: different, close, half opposite; with much and little of their own.
inline std::vector<FactorModel> factor_models() {
  return {factor_model({0, .8, 2, -1}, {.7, .5, .6, .8}),
          factor_model({0, .8, 1.2, -.5}, {.3, .2, .4, .3}),
          factor_model({0, .1, .2, .3}, {.12, .1, .14, .1}),
          factor_model({0, .1, .9, .8}, {.1, .1, .3, .1}),
          factor_model({0, 3, 1.5, .2}, {.2, .3, .2, .1})};
}

}  // namespace wideproof::theory
