// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/long_run_covariance.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/conditional_influence.hpp>
#include <wideproof/theory/neurons/gram_noise.hpp>
#include <wideproof/theory/neurons/lost_correlation.hpp>

namespace wideproof::theory {
namespace {

using std::numbers::pi;

/// √(1−ρ) of the narrowest kink that is resolved.
constexpr double least_resolved_spread = 0.12;
static_assert(1 - least_resolved_spread * least_resolved_spread == LongRunCovariance::narrow);

/// Angles θ below which differences of closed forms are not taken, and the points between.
constexpr double near = 0.1;
constexpr std::size_t near_nodes = 4;

/// Values of Lagrange's basis of `nodes` at x.
std::vector<double> lagrange_basis(const std::vector<double>& nodes, double x) {
  std::vector<double> basis(nodes.size(), 1.0);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = 0; j < nodes.size(); ++j) {
      if (j != i) basis[i] *= (x - nodes[j]) / (nodes[i] - nodes[j]);
    }
  }
  return basis;
}

std::vector<double> chebyshev_points(std::size_t count, double low, double high) {
  std::vector<double> points(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = pi * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    points[i] = 0.5 * (low + high) - 0.5 * (high - low) * std::cos(angle);
  }
  return points;
}

double delta_of(double theta) {
  return 2 * std::pow(std::sin(0.5 * theta), 2);
}

double angle_of(double delta) {
  return 2 * std::asin(std::sqrt(0.5 * delta));
}

Eigen::Array3d interpolate(const std::vector<double>& points,
                           const std::vector<Eigen::Array3d>& values, double x) {
  const auto basis = lagrange_basis(points, x);
  Eigen::Array3d sum = Eigen::Array3d::Zero();
  for (std::size_t i = 0; i < basis.size(); ++i) sum += basis[i] * values[i];
  return sum;
}

/// Γ'(0). A threshold that follows the values takes their common shift away.
PairCovariance slope_at_zero(const NeuronResponse& response, const NeuronFeatures& features) {
  if (response.linear || response.is_quantile()) return {};
  const double mean = features.mean_value;
  const double missed = features.missed;
  const double of_sum = 2 * (2 - features.delta);
  return {.norm = mean * mean * of_sum,
          .norm_distance = mean * missed * of_sum,
          .distance = missed * missed * of_sum,
          .contrast = 2 * mean * mean * features.delta};
}

}  // namespace

double lost_covariance(const NeuronResponse& response, double alpha, double delta) {
  const double tau = response.tau;
  const double g = normal_density(tau);
  const ThresholdedReluKernel kernel(tau);
  const double mean = kernel.mean();
  return over_lost_correlation(alpha, delta, [&](double rho, double root) {
    const double product = root * kernel(rho);
    if (response.is_std()) {
      return product - root * rho * mean * tau * (2 * kernel.active_fraction() - mean * tau);
    }
    if (!response.is_quantile()) return product;
    const double x = tau * root / (1 + rho);
    const double at_threshold = root * (normal_density(x) - x * normal_tail(x));
    const double joint = 0.5 * std::numbers::inv_pi * std::exp(-tau * tau / (1 + rho));
    return product - 2 * mean * root * at_threshold + mean * mean / (g * g) * joint;
  });
}

Eigen::Array2d neighbour_covariance(const NeuronResponse& response, const NeuronFeatures& features,
                                    double rho) {
  const double size = std::abs(rho);
  const ConditionalInfluence influence(response, features, size);
  constexpr double radius = 7.5;
  // The trapezoidal rule is off by exp(−2π²(width/step)²/2) of what the kink contributes.
  const double step = std::min(0.5, 0.9 * std::sqrt((1 - size) / size));
  const auto reach = static_cast<int>(radius / step);
  const double common = std::sqrt(1 - 0.5 * features.delta);
  const double apart = std::sqrt(0.5 * features.delta);
  Eigen::Array2d sum = Eigen::Array2d::Zero();
  for (int i = -reach; i <= reach; ++i) {
    const double x = step * i;
    const auto across = static_cast<int>(std::sqrt(radius * radius - x * x) / step);
    for (int j = 0; j <= across; ++j) {  // exchanging the inputs changes nothing
      const double y = step * j;
      const double weight = (j == 0 ? 1 : 2) * step * step * normal_density(x) * normal_density(y);
      const double wa = common * x + apart * y;
      const double wb = common * x - apart * y;
      const auto t = influence(wa, wb);
      const auto other = rho > 0 ? t : influence(-wa, -wb);
      sum(0) += 0.5 * weight * (t.norm * other.distance + t.distance * other.norm);
      sum(1) += weight * t.distance * other.distance;
    }
  }
  return sum;
}

LongRunCovariance::LongRunCovariance(const model::LateralFilter& postsynaptic,
                                     const NeuronResponse& response, std::ptrdiff_t evaluations)
    : response_(response) {
  const Autocorrelation a(postsynaptic);
  squared_sum_ = a.squared_sum();
  if (!postsynaptic.is_local()) {
    weight_of_slope_ = a.degree();
    return;
  }
  neighbours_ = a.others_by_value();
  if (neighbours_.empty() || response.linear) return;
  for (const auto& [alpha, count] : neighbours_) {
    norm_of_neighbours_ += 4 * count * lost_covariance(response_, alpha, 1.0);
  }
  const double least = std::sqrt(1 - neighbours_.rbegin()->first);
  const double largest = std::sqrt(1 - neighbours_.begin()->first);
  if (neighbours_.size() <= most_nodes && least >= least_resolved_spread) {
    for (const auto& [alpha, count] : neighbours_) nodes_.push_back({alpha, count});
  } else {
    auto spreads = chebyshev_points(most_nodes, std::max(least, least_resolved_spread), largest);
    spreads.push_back(0.0);
    for (const double s : spreads) nodes_.push_back({1 - s * s, 0.0});
    for (const auto& [alpha, count] : neighbours_) {
      const auto basis = lagrange_basis(spreads, std::sqrt(1 - alpha));
      for (std::size_t i = 0; i < basis.size(); ++i) nodes_[i].weight += count * basis[i];
    }
    own_weight_ = nodes_.back().weight;
    nodes_.pop_back();
  }
  if (evaluations > most_angles) {
    for (const double theta : chebyshev_points(most_angles, 0, pi)) {
      at_angles_.push_back(scaled_at(NeuronFeatures(response_, delta_of(theta))));
    }
  }
}

/// Σ Γ_aa over δ ≠ 0 with A(δ) > `above`.
double LongRunCovariance::lost_by(double delta, double above) const {
  double sum = 0;
  for (auto neighbour = neighbours_.upper_bound(above); neighbour != neighbours_.end();
       ++neighbour) {
    sum += 2 * neighbour->second * lost_covariance(response_, neighbour->first, delta);
  }
  return sum;
}

/// Without the neuron's own part.
LongRunCovariance::Scaled LongRunCovariance::scaled_at(const NeuronFeatures& features) const {
  const double delta = features.delta;
  Eigen::Array2d shared = Eigen::Array2d::Zero();
  for (const auto& [rho, weight] : nodes_) {
    if (rho != 0) shared += weight * neighbour_covariance(response_, features, rho);
  }
  const double lost = lost_by(delta, -1) - lost_by(delta, narrow);
  return {shared(0) / delta, shared(1) / (delta * delta), lost / delta};
}

LongRunCovariance::Scaled LongRunCovariance::between_angles(double theta) const {
  static const std::vector<double> all = chebyshev_points(most_angles, 0, pi);
  if (!at_angles_.empty()) return interpolate(all, at_angles_, theta);
  const auto points = chebyshev_points(near_nodes, 0, near);
  std::vector<Scaled> values;
  for (const double point : points) {
    values.push_back(scaled_at(NeuronFeatures(response_, delta_of(point))));
  }
  return interpolate(points, values, theta);
}

PairCovariance LongRunCovariance::operator()(const NeuronFeatures& features) const {
  const PairCovariance own = influence_covariance(features, 0.0);
  if (response_.linear) return squared_sum_ * own;
  PairCovariance sum = own;
  if (weight_of_slope_ != 0) sum += weight_of_slope_ * slope_at_zero(response_, features);
  if (neighbours_.empty()) return sum;
  const double delta = features.delta;
  const bool is_interpolated = !at_angles_.empty() && delta > 0;
  const double theta = angle_of(delta);
  const Scaled scaled = delta == 0                            ? Scaled::Zero()
                        : at_angles_.empty() && theta >= near ? scaled_at(features)
                                                              : between_angles(theta);
  const double lost =
      is_interpolated ? lost_by(delta, narrow) + delta * scaled(2) : lost_by(delta, -1);
  sum.norm += norm_of_neighbours_ - lost;
  sum.contrast += lost;
  sum.norm_distance += own_weight_ * own.norm_distance + delta * scaled(0);
  sum.distance += own_weight_ * own.distance + delta * delta * scaled(1);
  return sum;
}

}  // namespace wideproof::theory
