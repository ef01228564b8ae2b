// SPDX-License-Identifier: MIT
#include <wideproof/theory/long_run_covariance.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <wideproof/theory/autocorrelation.hpp>
#include <wideproof/theory/conditional_influence.hpp>
#include <wideproof/theory/gram_noise.hpp>
#include <wideproof/theory/normal_tail.hpp>
#include <wideproof/theory/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

using std::numbers::pi;

/// Narrowest kink that is resolved, as s = √(1−ρ).
constexpr double least_spread = 0.12;

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

Eigen::Matrix3d own_covariance(const NeuronResponse& response, double c) {
  const auto influence = gram_influence(response, c, 0.0);
  return influence * NeuronFeatures(response, c).covariance * influence.transpose();
}

/// Γ'(0). A threshold that follows the values takes their common shift away.
Eigen::Matrix3d slope_at_zero(const NeuronResponse& response, double c) {
  if (response.linear || response.is_quantile()) return Eigen::Matrix3d::Zero();
  const TruncatedMoments m(response.tau, c);
  Eigen::Matrix<double, 3, 2> mean_gradient;
  mean_gradient << 2 * m.single(1), 0, m(0, 1), m(0, 1), 0, 2 * m.single(1);
  Eigen::Matrix2d covariance;
  covariance << 1, c, c, 1;
  return mean_gradient * covariance * mean_gradient.transpose();
}

}  // namespace

Eigen::Matrix3d neighbour_covariance(const NeuronResponse& response, double c, double rho) {
  const double size = std::abs(rho);
  if (response.linear) return rho * rho * own_covariance(response, c);
  const ConditionalInfluence influence(response, c, size);
  constexpr double radius = 7.5;
  // The trapezoidal rule is off by exp(−2π²(width/step)²/2) of what the kink contributes.
  const double step = std::min(0.5, 0.9 * std::sqrt((1 - size) / size));
  const auto reach = static_cast<int>(radius / step);
  const double r = std::sqrt((1 - c) * (1 + c));
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  for (int i = -reach; i <= reach; ++i) {
    const double x = step * i;
    const auto across = static_cast<int>(std::sqrt(radius * radius - x * x) / step);
    for (int j = -across; j <= across; ++j) {
      const double y = step * j;
      const double weight = step * step * normal_density(x) * normal_density(y);
      const double wb = c * x + r * y;
      const Eigen::Vector3d t = influence(x, wb);
      if (rho > 0) {
        sum += weight * t * t.transpose();
      } else {
        sum += weight * t * influence(-x, -wb).transpose();
      }
    }
  }
  return 0.5 * (sum + sum.transpose());
}

LongRunCovariance::LongRunCovariance(const model::LateralFilter& postsynaptic,
                                     const NeuronResponse& response, std::ptrdiff_t evaluations)
    : response_(response) {
  if (!postsynaptic.is_local()) {
    weight_of_slope_ = postsynaptic.is_none() ? 0.0 : Autocorrelation(postsynaptic).degree();
    return;
  }
  const auto values = Autocorrelation(postsynaptic).others_by_value();
  if (values.empty()) return;
  const double least = std::sqrt(1 - values.rbegin()->first);
  const double largest = std::sqrt(1 - values.begin()->first);
  if (response.linear) {
    weight_at_one_ = Autocorrelation(postsynaptic).squared_sum();
    return;
  }
  if (values.size() <= most_nodes && least >= least_spread) {
    for (const auto& [value, count] : values) nodes_.push_back({value, count});
  } else {
    auto spreads = chebyshev_points(most_nodes, std::max(least, least_spread), largest);
    spreads.push_back(0.0);
    for (const double s : spreads) nodes_.push_back({1 - s * s, 0.0});
    for (const auto& [value, count] : values) {
      const auto basis = lagrange_basis(spreads, std::sqrt(1 - value));
      for (std::size_t i = 0; i < basis.size(); ++i) nodes_[i].weight += count * basis[i];
    }
    weight_at_one_ += nodes_.back().weight;
    nodes_.pop_back();
  }
  if (evaluations > most_angles) {
    for (const double theta : chebyshev_points(most_angles, 0, pi)) {
      at_angles_.push_back(direct(std::cos(theta)));
    }
  }
}

Eigen::Matrix3d LongRunCovariance::direct(double c) const {
  Eigen::Matrix3d sum = weight_at_one_ * own_covariance(response_, c);
  if (weight_of_slope_ != 0) sum += weight_of_slope_ * slope_at_zero(response_, c);
  for (const auto& [rho, weight] : nodes_) {
    if (rho != 0) sum += weight * neighbour_covariance(response_, c, rho);
  }
  return sum;
}

Eigen::Matrix3d LongRunCovariance::operator()(double c) const {
  c = std::clamp(c, -1.0, 1.0);
  if (at_angles_.empty()) return direct(c);
  static const std::vector<double> angles = chebyshev_points(most_angles, 0, pi);
  const auto basis = lagrange_basis(angles, std::acos(c));
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  for (std::size_t i = 0; i < basis.size(); ++i) sum += basis[i] * at_angles_[i];
  return sum;
}

}  // namespace wideproof::theory
