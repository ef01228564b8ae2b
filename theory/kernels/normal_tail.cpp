// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/normal_tail.hpp>

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/erf.hpp>
#include <wideproof/model/activation.hpp>

namespace wideproof::theory {

double normal_density(double x) {
  return std::exp(-0.5 * x * x) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double normal_tail(double x) {
  return 0.5 * std::erfc(x / std::numbers::sqrt2);
}

double tau_of(double active_fraction) {
  model::require_active_fraction(active_fraction);
  return std::numbers::sqrt2 * boost::math::erfc_inv(2 * active_fraction);
}

}  // namespace wideproof::theory
