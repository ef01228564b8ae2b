// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/activity_law.hpp>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/sign_changes.hpp>
#include <wideproof/theory/dimension/normal_nodes.hpp>
#include <wideproof/theory/fluctuations/threshold_bias.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/neuron_features.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using std::numbers::inv_pi;

NeuronResponse response_with_steps(const model::Network& network) {
  if (network.activation() == Activation::thresholded_step) {
    return {.tau = tau_of(network.active_fraction()), .rule = network.threshold()};
  }
  return neuron_response(network).value_or(NeuronResponse{});
}

/// Covariances of φ² = φ, φ and IF of two steps.
Eigen::Matrix3d step_features(const NeuronResponse& response, double rho) {
  const ThresholdedReluKernel kernel(response.tau);
  const double f = kernel.active_fraction();
  const double g = normal_density(response.tau);
  const double active = kernel.derivative(rho) - f * f;
  double with_threshold = 0;
  double of_threshold = 0;
  if (response.is_quantile()) {
    with_threshold = active / g;
    of_threshold = with_threshold / g;
  } else if (response.is_std()) {
    const double tau = response.tau;
    with_threshold = 0.5 * tau * tau * g * rho * rho;
    of_threshold = 0.5 * tau * tau * rho * rho;
  }
  Eigen::Matrix3d covariance;
  covariance << active, active, with_threshold,  //
      active, active, with_threshold,            //
      with_threshold, with_threshold, of_threshold;
  return covariance;
}

/// Of u², |u| and none.
Eigen::Matrix3d linear_features(double rho) {
  const double root = std::sqrt(std::fmax(0.0, (1 - rho) * (1 + rho)));
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance(square, square) = 2 * rho * rho;
  covariance(square, value) = std::sqrt(2 * inv_pi) * rho * rho;
  covariance(value, square) = covariance(square, value);
  covariance(value, value) =
      2 * inv_pi * (root + rho * std::asin(std::fmin(1.0, std::fmax(-1.0, rho))) - 1);
  return covariance;
}

/// |φ(h − t)| of each standard normal u, h = √q u, and nodes for its mean.
struct Magnitudes {
  NormalNodes nodes;
  Eigen::ArrayXd values;
};

Magnitudes magnitudes(const model::Network& network, double variance) {
  const double root = std::sqrt(variance);
  if (!model::is_pointwise(network.activation())) {
    const bool is_tanh = network.activation() == Activation::tanh;
    NormalNodes nodes = normal_nodes({{0.0, 1 / root}, {0.0, 0.0}});
    Eigen::ArrayXd values = nodes.x.unaryExpr(
        [&](double u) { return std::abs(is_tanh ? std::tanh(root * u) : std::erf(root * u)); });
    return {std::move(nodes), std::move(values)};
  }
  const double shift =
      model::is_thresholded(network.activation()) ? root * tau_of(network.active_fraction()) : 0;
  const auto& phi = network.nonlinearity();
  constexpr double far = 13;
  std::vector<Transition> transitions;
  const auto add = [&](double x) { transitions.push_back({(x + shift) / root, 0.0}); };
  for (const auto& kink : phi.kinks()) add(kink.at);
  for (const double x : model::sign_changes(phi, -far * root - shift, far * root - shift)) add(x);
  std::erase_if(transitions, [](const Transition& at) { return std::abs(at.centre) >= far; });
  // Functions have a scale of their own, of which nothing is known: panels halve towards 0.
  if (root > 1) transitions.push_back({shift / root, 1 / root});
  NormalNodes nodes = normal_nodes(transitions);
  Eigen::ArrayXd values = root * nodes.x - shift;
  phi.values(values.data(), values.size(), values.data());
  return {std::move(nodes), values.abs()};
}

}  // namespace

ActivityLaw::ActivityLaw(const model::Network& network, double variance)
    : activation_(network.activation()), response_(response_with_steps(network)) {
  const Autocorrelation a(network.postsynaptic());
  neighbours_ = a.others_by_value();
  squared_sum_ = a.squared_sum();
  if (a.is_uniform()) uniform_degree_ = a.degree();
  switch (activation_) {
    case Activation::thresholded_step:
      set_step(response_.tau);
      break;
    case Activation::linear:
      set_linear();
      break;
    case Activation::tanh:
    case Activation::erf:
    case Activation::pointwise:
    case Activation::thresholded_pointwise:
      set_pointwise(network, variance);
      return;
    case Activation::sparse_projection:
      // What it projects to: no layer differs from another.
      mean_ = ratio_ = 1 - network.sparseness();
      mean_square_ = 1;
      variance_ = bias_ = 0;
      return;
    default:
      set_rectifier(response_.tau);
  }
  set_influence();
  const Eigen::Matrix3d own = long_run(1.0);
  variance_ = influence_.dot(own * influence_);
  set_bias(network, own);
}

void ActivityLaw::set_influence() {
  ratio_ = mean_ / std::sqrt(mean_square_);
  influence_(square) = -ratio_ / (2 * mean_square_);
  influence_(value) = ratio_ / mean_;
  influence_(threshold) = -cost_of_mean_ * influence_(value) - cost_of_square_ * influence_(square);
}

void ActivityLaw::set_rectifier(double tau) {
  const ThresholdedReluKernel kernel(tau);
  const double f = kernel.active_fraction();
  const double g = normal_density(tau);
  mean_ = kernel.mean();
  mean_square_ = kernel.at_one();
  cost_of_mean_ = f;
  cost_of_square_ = 2 * mean_;
  slopes_ << 2 * mean_, f, response_.is_quantile() ? 1 : 0;
  if (response_.is_homogeneous()) return;
  const double of_mean = 0.5 * g / mean_;
  const double of_square = f / mean_square_;
  const double slope = of_mean - 0.5 * of_square;
  const double ratio = mean_ / std::sqrt(mean_square_);
  slope_ = ratio * slope;
  curvature_ = ratio * (slope * slope + 0.25 * (tau * tau - 1) * g / mean_ - of_mean * of_mean -
                        0.5 * (0.5 * tau * g / mean_square_ - of_square * of_square));
}

void ActivityLaw::set_step(double tau) {
  const double g = normal_density(tau);
  mean_ = mean_square_ = normal_tail(tau);
  cost_of_mean_ = cost_of_square_ = g;
  slopes_ << g, g, response_.is_quantile() ? 1 : 0;
  if (response_.is_homogeneous()) return;
  slope_ = std::nullopt;
  curvature_ = std::nullopt;
}

void ActivityLaw::set_linear() {
  mean_ = std::sqrt(2 * inv_pi);
  mean_square_ = 1;
}

void ActivityLaw::set_pointwise(const model::Network& network, double variance) {
  const auto [nodes, a] = magnitudes(network, variance);
  const auto average = [&](const Eigen::ArrayXd& y) { return (nodes.weights * y).sum(); };
  mean_ = average(a);
  mean_square_ = average(a.square());
  slope_ = std::nullopt;
  curvature_ = std::nullopt;
  set_influence();
  if (!neighbours_.empty() || uniform_degree_ != 0) return;
  const bool has_moving_threshold =
      model::is_thresholded(activation_) && network.threshold() != model::ThresholdRule::fixed;
  if (has_moving_threshold) return;
  const Eigen::ArrayXd of_square = a.square() - mean_square_;
  const Eigen::ArrayXd of_value = a - mean_;
  variance_ = average((influence_(square) * of_square + influence_(value) * of_value).square());
  bias_ = ratio_ * (3 * average(of_square.square()) / (8 * mean_square_ * mean_square_) -
                    average(of_square * of_value) / (2 * mean_ * mean_square_));
}

Eigen::Matrix3d ActivityLaw::features(double rho) const {
  if (activation_ == Activation::linear) return linear_features(rho);
  if (activation_ == Activation::thresholded_step) return step_features(response_, rho);
  const NeuronFeatures pair(response_, std::fmin(2.0, std::fmax(0.0, 1 - rho)));
  return pair.own - 0.5 * pair.differences;
}

Eigen::Matrix3d ActivityLaw::long_run(double c) const {
  Eigen::Matrix3d sum = features(c);
  for (const auto& [alpha, count] : neighbours_) sum += count * features(alpha * c);
  return sum + uniform_degree_ * c * slopes_ * slopes_.transpose();
}

std::optional<double> ActivityLaw::covariance(double c) const {
  const bool is_by_quadrature = activation_ == Activation::tanh || activation_ == Activation::erf ||
                                model::is_pointwise(activation_);
  if (is_by_quadrature) return std::nullopt;
  return influence_.dot(long_run(c) * influence_);
}

void ActivityLaw::set_bias(const model::Network& network, const Eigen::Matrix3d& covariance) {
  double of_mean = 0;
  double of_square = 0;
  const double tau = response_.tau;
  if (response_.is_std() || response_.is_quantile()) {
    const bool is_step = activation_ == Activation::thresholded_step;
    const bool has_neighbours = !neighbours_.empty() || uniform_degree_ != 0;
    if (is_step || (response_.is_quantile() && has_neighbours)) return;
    const double f = cost_of_mean_;
    const double g = normal_density(tau);
    of_square =
        ThresholdBias(response_, network.postsynaptic())(NeuronFeatures(response_, 0.0)).same.norm;
    of_mean = response_.is_std() ? 0.25 * squared_sum_ * tau * (f - g * tau)
                                 : -f * ((2 * f - 1) / g + 0.5 * tau * f * (1 - f) / (g * g)) -
                                       0.5 * f * (1 - f) / g;
  }
  const Eigen::Vector3d a(0, 1, -cost_of_mean_);
  const Eigen::Vector3d a_squared(1, 0, -cost_of_square_);
  bias_ = ratio_ * (of_mean / mean_ - of_square / (2 * mean_square_) +
                    3 * a_squared.dot(covariance * a_squared) / (8 * mean_square_ * mean_square_) -
                    a.dot(covariance * a_squared) / (2 * mean_ * mean_square_));
}

std::int64_t active_neurons(std::int64_t width, double active_fraction) {
  model::require_active_fraction(active_fraction);
  if (width < 1) throw model::InputError("simulation.widths", width, "must be at least 1");
  const double position = static_cast<double>(width - 1) * (1 - active_fraction);
  return width - 1 - static_cast<std::int64_t>(std::floor(position));
}

}  // namespace wideproof::theory
