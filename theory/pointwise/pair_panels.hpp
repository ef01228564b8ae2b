// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/theory/pointwise/function_panels.hpp>
#include <wideproof/theory/pointwise/gaussian_pair.hpp>

namespace wideproof::theory {

/// What is averaged over a pair.
enum class PairIntegrand : std::uint8_t {
  product,                ///< f(x) g(y)
  half_square_difference  ///< ½ (f(x) − g(y))²
};

/// Points of the Gauss rules on each panel; both leave about the rounding, and their difference
/// shows what is left.
enum class PairRule : std::uint8_t { of_16, of_24 };

/// The mean of f(x) g(y) over standard normals x, y of correlation c, by panels in two independent
/// ones,
///
///   c ≥ 0:  x = αp + βw,  y = αp − βw,     α² = (1+c)/2,  β² = (1−c)/2,
///
/// w the outer and p the inner one; for c < 0 they change places. Lines x = x_i and y = y_j of
/// kinks are where inner panels end, p = (x_i − βw)/α and (y_j + βw)/α, and outer ones end where
/// two of them cross, w = (x_i − y_j)/2β: so that the outer integrand is analytic on each panel,
/// with the scale 1 of a normal at any c, near ±1 too. Where f is sharp without a kink
/// FunctionPanels has short panels: they end inner panels likewise, and where two of them, or one
/// and a kink, cross, outer panels are as short as they allow.
///
/// Against 40-digit quadrature the error is below 1e-14 √(E f² E g²).
double pair_mean(const FunctionPanels& f, const FunctionPanels& g, const GaussianPair& pair,
                 PairIntegrand integrand = PairIntegrand::product, PairRule rule = PairRule::of_16);

}  // namespace wideproof::theory
