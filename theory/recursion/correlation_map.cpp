// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/correlation_map.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <utility>

#include <boost/math/tools/roots.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/projection_kernel.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;

/// Non-negative projections are thresholded ReLUs whose norm is 1.
bool is_rectifier(const model::Network& network) {
  const auto activation = network.activation();
  return activation == Activation::thresholded_relu || activation == Activation::relu ||
         (activation == Activation::sparse_projection && !network.is_signed());
}

bool has_map(const model::Network& network) {
  return network.is_uniform() && is_rectifier(network) &&
         (!network.weight_variance() || network.bias_variance() == 0);
}

ThresholdedReluKernel kernel_of(const model::Network& network) {
  if (!is_rectifier(network)) {
    throw model::InputError("network.activation", network.activation_name(),
                            "has no correlation map here; thresholded-relu, relu and non-negative "
                            "sparse-projection have");
  }
  switch (network.activation()) {
    case Activation::relu:
      return ThresholdedReluKernel(0.0);
    case Activation::sparse_projection:
      return ThresholdedReluKernel(projection_threshold(network.sparseness(), false));
    default:
      return ThresholdedReluKernel::from_active_fraction(network.active_fraction());
  }
}

}  // namespace

CorrelationMap::CorrelationMap(const ThresholdedReluKernel& kernel, LateralSum sum,
                               double bias_variance)
    : kernel_(kernel),
      sum_(std::move(sum)),
      bias_variance_(bias_variance),
      gain_((1 - bias_variance) / sum_(kernel_, 1.0)) {}

CorrelationMap::CorrelationMap(const model::Network& network)
    : CorrelationMap(kernel_of(network), LateralSum(network.presynaptic(), network.postsynaptic()),
                     network.bias_variance()) {
  if (network.weight_variance() && network.bias_variance() != 0) {
    throw model::InputError("network.weight_variance", *network.weight_variance(),
                            "must be \"critical\" beside a bias: else the variance of h drifts and "
                            "correlations have no map of their own");
  }
}

double CorrelationMap::operator()(double c) const {
  return gain_ * sum_(kernel_, c) + bias_variance_;
}

double CorrelationMap::deficit(double delta) const {
  if (delta <= 0) return 0.0;
  return gain_ *
         sum_.drop([this](double scaling, double d) { return kernel_.drop(scaling, d); }, delta);
}

double CorrelationMap::slope_at_one() const {
  double sum = kernel_.derivative(1.0);
  for (const auto& [weight, scaling] : sum_.others()) {
    sum += weight * scaling * kernel_.derivative(scaling);
  }
  return gain_ * sum;
}

double CorrelationMap::fixed_point() const {
  // The crossing moves as the square of χ − 1, so it is sought in the root of δ.
  const double excess_slope = slope_at_one() - 1;
  if (excess_slope <= 0) return 1.0;
  const auto excess = [&](double root) {
    return root == 0 ? excess_slope : deficit(root * root) / (root * root) - 1;
  };
  const double excess_at_opposite = excess(std::numbers::sqrt2);
  if (excess_at_opposite >= 0) return -1.0;
  std::uintmax_t iterations = 200;
  const auto [low, high] = boost::math::tools::toms748_solve(
      excess, 0.0, std::numbers::sqrt2, excess_slope, excess_at_opposite,
      boost::math::tools::eps_tolerance<double>(std::numeric_limits<double>::digits - 2),
      iterations);
  const double root = 0.5 * (low + high);
  return 1 - root * root;
}

std::optional<CorrelationMap> correlation_map(const model::Network& network) {
  return has_map(network) ? std::optional(CorrelationMap(network)) : std::nullopt;
}

double optimal_degree_of_correlation(const ThresholdedReluKernel& kernel, double bias_variance) {
  if (bias_variance == 0) return kernel.tau() / kernel.mean();
  return ((1 - bias_variance) * kernel.active_fraction() - kernel.at_one()) / kernel.at_zero();
}

std::optional<double> critical_degree_of_correlation(const model::Network& network) {
  if (!has_map(network) || network.postsynaptic().is_local()) return {};
  const double degree = optimal_degree_of_correlation(kernel_of(network), network.bias_variance());
  return degree >= -1 ? std::optional(degree) : std::nullopt;
}

}  // namespace wideproof::theory
