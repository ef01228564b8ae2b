// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>

#include <boost/math/quadrature/gauss.hpp>

namespace wideproof::theory {

/// Gauss–Legendre of `count` points (even) on [−1, 1], ascending.
template <unsigned count>
struct GaussRule {
  std::array<double, count> node{};
  std::array<double, count> weight{};

  GaussRule() {
    using Half = boost::math::quadrature::gauss<double, count>;
    constexpr std::size_t half = count / 2;
    for (std::size_t j = 0; j < half; ++j) {
      node[half + j] = Half::abscissa()[j];
      node[half - 1 - j] = -Half::abscissa()[j];
      weight[half + j] = weight[half - 1 - j] = Half::weights()[j];
    }
  }

  static const GaussRule& instance() {
    static const GaussRule rule;
    return rule;
  }

  /// ∫ f over [low, high].
  template <class Integrand>
  static double integrate(const Integrand& f, double low, double high) {
    const GaussRule& rule = instance();
    const double centre = 0.5 * (low + high);
    const double half = 0.5 * (high - low);
    double sum = 0;
    for (std::size_t j = 0; j < count; ++j) sum += rule.weight[j] * f(centre + half * rule.node[j]);
    return half * sum;
  }
};

}  // namespace wideproof::theory
