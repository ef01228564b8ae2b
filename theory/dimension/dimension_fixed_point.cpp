// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/dimension_fixed_point.hpp>

#include <cmath>
#include <cstdint>

#include <boost/math/tools/toms748_solve.hpp>

#include <wideproof/theory/dimension/layer_average.hpp>
#include <wideproof/theory/dimension/quenched_response.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;

/// The root of a falling function of ln x, between two values where it has different signs.
template <class Function>
double falling_root(const Function& function, double low, double high) {
  const auto of_logarithm = [&](double y) { return function(std::exp(y)); };
  const double left = std::log(low);
  const double right = std::log(high);
  const double at_left = of_logarithm(left);
  const double at_right = of_logarithm(right);
  if (at_left <= 0) return low;
  if (at_right >= 0) return high;
  std::uintmax_t steps = 200;
  const auto [a, b] =
      boost::math::tools::toms748_solve(of_logarithm, left, right, at_left, at_right,
                                        boost::math::tools::eps_tolerance<double>(50), steps);
  return std::exp(0.5 * (a + b));
}

/// Variance of h over inputs and neurons: the root of g²⟨φ²⟩/q + σ_b²/q = 1.
double total_variance(const DimensionRecursion& recursion) {
  const double g2 = recursion.weight_variance();
  const double bias = recursion.bias_variance();
  const auto surplus = [&](double q) {
    return g2 * quenched_response(recursion.activation(), q, 0).variance_ratio + bias / q - 1;
  };
  const double slope = quenched_response(recursion.activation(), 0, 0).slope;
  if (bias == 0 && g2 * slope * slope <= 1) return 0;
  return falling_root(surplus, 1 / DualKernel::largest_in_double, DualKernel::largest_in_double);
}

/// Δ at that total variance: 0 where inputs draw together.
double varying_part(const DimensionRecursion& recursion, double total) {
  if (recursion.bias_variance() == 0) return total;
  const auto surplus = [&](double delta) {
    const auto average = layer_average(recursion.activation(), 0, delta, total - delta);
    return recursion.weight_variance() * average.slope_square / average.eta - 1;
  };
  const double smallest = 1e-14 * total;
  const double delta = falling_root(surplus, smallest, total);
  return delta > smallest ? delta : 0;
}

/// (1 − η²)/(k₂ + η² excess), k₂ = ⟨V²⟩/⟨V⟩²
std::optional<double> end_of_dimensionality(double eta, double square_ratio, double excess) {
  if (std::isinf(excess)) return 0;
  const double growth = square_ratio + eta * eta * excess;
  if (eta >= 1 && growth <= 0) return std::nullopt;  // 1/D̃ stays what it is
  return std::max(0.0, (1 - eta * eta) / growth);
}

}  // namespace

std::optional<model::DimensionFixedPoint> dimension_fixed_point(
    const DimensionRecursion& recursion) {
  model::DimensionFixedPoint point;
  if (recursion.activation() == Activation::linear) {
    point.eta = 1;
    if (recursion.weight_variance() < 1) point.variance = 0;
    point.dimensionality = end_of_dimensionality(1, 1, recursion.excess(1, 1));
    return point;
  }
  if (recursion.activation() != Activation::tanh && recursion.activation() != Activation::erf) {
    return std::nullopt;
  }
  const double total = total_variance(recursion);
  const double delta = varying_part(recursion, total);
  const auto average = layer_average(recursion.activation(), 0, delta, total - delta);
  point.variance = delta / recursion.weight_variance();
  point.eta = delta > 0 ? average.eta : 1;
  point.dimensionality = end_of_dimensionality(
      point.eta, average.square_ratio,
      recursion.excess(point.eta, average.slope * average.slope / average.slope_square));
  return point;
}

}  // namespace wideproof::theory
