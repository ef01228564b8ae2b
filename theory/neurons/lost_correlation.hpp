// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include <boost/math/quadrature/gauss.hpp>

namespace wideproof::theory {

/// ∫ f(ρ) dρ from α(1−δ) to α, |α| < 1, as one over the angle φ of ρ = sin φ:
/// integrand(sin φ, cos φ) is f(ρ)√(1−ρ²). To relative precision however small δ ∈ [0, 2] is, where
/// that is analytic.
template <class Integrand>
double over_lost_correlation(double alpha, double delta, const Integrand& integrand) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const double low = alpha * (1 - delta);
  const double start = std::asin(low);
  double width = std::asin(alpha) - start;
  if (delta < 0.1) {
    const double roots =
        std::sqrt((1 - low) * (1 + low)) + (1 - delta) * std::sqrt((1 - alpha) * (1 + alpha));
    width = std::asin(alpha * delta * (2 - delta) / roots);
  }
  return width * Gauss::integrate(
                     [&](double x) {
                       const double angle = start + width * x;
                       return integrand(std::sin(angle), std::cos(angle));
                     },
                     0.0, 1.0);
}

}  // namespace wideproof::theory
