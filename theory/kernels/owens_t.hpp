// SPDX-License-Identifier: MIT
#pragma once

#include <boost/math/special_functions/owens_t.hpp>

namespace wideproof::theory {

/// Owen's T(h, a) = ∫₀ᵃ exp(−h²(1+x²)/2)/(1+x²) dx / 2π, in double precision throughout.
inline double owens_t(double h, double a) {
  using namespace boost::math::policies;
  return boost::math::owens_t(h, a, policy<promote_double<false>>());
}

}  // namespace wideproof::theory
