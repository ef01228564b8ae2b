// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/quenched_response.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/quadrature/gauss.hpp>

#include <wideproof/theory/dimension/normal_nodes.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {
namespace {

/// tanh(a + b) − tanh(a) = sinh b/(cosh a cosh(a+b)), its exponentials merged.
double tanh_difference(double a, double b) {
  const double x = 2 * std::abs(a);
  const double y = 2 * std::abs(a + b);
  const double z = 2 * std::abs(b);
  const double size =
      2 * std::exp((z - x - y) / 2) * -std::expm1(-z) / ((1 + std::exp(-x)) * (1 + std::exp(-y)));
  return std::copysign(size, b);
}

double tanh_slope(double x) {
  const double e = std::exp(-2 * std::abs(x));
  return 4 * e / ((1 + e) * (1 + e));
}

/// tanh is a sign but for a bend of a width that nodes do not resolve:
/// ∫(1 − tanh²) = 2, so that V = 4Q(k)Q(−k) − 2g(k)/√Δ + O(1/Δ), k = μ/√Δ.
QuenchedResponse steep_tanh_response(double root, double mean_field) {
  const double k = std::clamp(mean_field / root, -1e100, 1e100);
  const double slope = 2 * normal_density(k) / root;
  return {std::erf(k / std::numbers::sqrt2), slope,
          (4 * normal_tail(k) * normal_tail(-k) - slope) / root / root, 0.5 * slope * (k * k - 1)};
}

QuenchedResponse tanh_response(double variance, double mean_field) {
  constexpr double steep = 1e8;
  const double root = std::sqrt(variance);
  if (root > steep) return steep_tanh_response(root, mean_field);
  if (root == 0) {
    const double slope = tanh_slope(mean_field);
    return {std::tanh(mean_field), slope, slope * slope, 0};
  }
  const auto nodes = normal_nodes({{-mean_field / root, 1 / root}});
  Eigen::ArrayXd change(nodes.x.size());
  QuenchedResponse response;
  for (Eigen::Index k = 0; k < nodes.x.size(); ++k) {
    const double x = nodes.x(k);
    change(k) = tanh_difference(mean_field, root * x) / root;
    const double slope = nodes.weights(k) * tanh_slope(root * nodes.offsets(k));
    response.slope += slope;
    response.slope_growth += 0.5 * slope * (x * x - 1);
  }
  const double mean_change = (nodes.weights * change).sum();
  response.mean = std::tanh(mean_field) + root * mean_change;
  response.variance_ratio = (nodes.weights * (change - mean_change).square()).sum();
  return response;
}

QuenchedResponse erf_response(double variance, double mean_field) {
  using Gauss = boost::math::quadrature::gauss<double, 30>;
  const double spread = 1 + 2 * variance;
  const double square = mean_field / spread * mean_field;  // k²/2
  const double slope = 2 * std::numbers::inv_sqrtpi / std::sqrt(spread) * std::exp(-square);
  const double mean = std::erf(mean_field / std::sqrt(spread));
  if (variance == 0) return {mean, slope, slope * slope, 0};
  const double last = std::atan2(2 * variance, std::sqrt(1 + 4 * variance));  // asin ρ
  const double integral = Gauss::integrate(
      [=](double theta) { return std::exp(-2 * square / (1 + std::sin(theta))); }, 0.0, last);
  return {mean, slope, 2 * std::numbers::inv_pi * integral / variance,
          slope * variance / spread * (2 * square - 1)};
}

/// Variance of (u − k)₊ for a standard normal u and k ≥ 0.
double rectified_variance(double k) {
  if (k > 40) return 0;
  const ThresholdedReluKernel kernel(k);
  return kernel.at_one() - kernel.at_zero();
}

double rectified_mean(double k) {
  return k > 40 ? 0 : ThresholdedReluKernel(k).mean();
}

// (u + k)₊ = (u + k) + (−u − k)₊, and u has covariance −Q(k) with the last.
QuenchedResponse relu_response(double variance, double mean_field) {
  const double root = std::sqrt(variance);
  if (root == 0) {
    const double slope = mean_field > 0 ? 1 : 0;
    return {slope * mean_field, slope, slope, 0};
  }
  const double k = std::abs(mean_field) / root;
  const double growth = -0.5 * mean_field / root * normal_density(k);
  if (mean_field < 0) {
    return {root * rectified_mean(k), normal_tail(k), rectified_variance(k), growth};
  }
  return {mean_field + root * rectified_mean(k), normal_tail(-k),
          1 - 2 * normal_tail(k) + rectified_variance(k), growth};
}

QuenchedResponse step_response(double variance, double mean_field) {
  const double root = std::sqrt(variance);
  if (root == 0) return {mean_field > 0 ? 1.0 : 0.0, 0, 0, 0};
  const double k = std::clamp(mean_field / root, -1e100, 1e100);
  const double slope = normal_density(k) / root;
  return {normal_tail(-k), slope, normal_tail(k) * normal_tail(-k) / variance,
          0.5 * slope * (k * k - 1)};
}

}  // namespace

bool is_odd(model::Activation activation) {
  using model::Activation;
  return activation == Activation::tanh || activation == Activation::erf ||
         activation == Activation::linear;
}

QuenchedResponse quenched_response(model::Activation activation, double variance,
                                   double mean_field) {
  using model::Activation;
  switch (activation) {
    case Activation::tanh:
      return tanh_response(variance, mean_field);
    case Activation::erf:
      return erf_response(variance, mean_field);
    case Activation::linear:
      return {mean_field, 1, 1, 0};
    case Activation::relu:
    case Activation::thresholded_relu:
      return relu_response(variance, mean_field);
    case Activation::thresholded_step:
      return step_response(variance, mean_field);
    case Activation::sparse_projection:
    case Activation::pointwise:
    case Activation::thresholded_pointwise:
      break;  // DimensionSpec refuses it
  }
  return {};
}

}  // namespace wideproof::theory
