// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/correlation_law.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/conditional_influence.hpp>

namespace wideproof::theory {
namespace {

/// One value of ζ, or a linear neuron.
struct NeuronType {
  double weight = 1.0;  ///< chance of it, times that it is not silent
  double threshold = 0.0;
  double mean = 0.0;
  double active = 1.0;
  double deviation = 1.0;
};

NeuronType type_at(double threshold, double weight, std::int64_t samples) {
  const ThresholdedReluKernel kernel(threshold);
  const double mean = kernel.mean();
  const double silent =
      std::exp(static_cast<double>(samples) * std::log1p(-kernel.active_fraction()));
  return {weight * (1 - silent), threshold, mean, kernel.active_fraction(),
          std::sqrt(kernel.at_one() - mean * mean)};
}

std::vector<NeuronType> types_of(const NeuronField& field, std::int64_t samples) {
  constexpr double step = 0.5;
  constexpr int reach = 11;
  constexpr double negligible = 1e-9;
  if (field.linear) return {NeuronType{}};
  const double own = std::sqrt(1 - field.common_share);
  if (field.common_share == 0) return {type_at(field.tau, 1.0, samples)};
  std::vector<NeuronType> types;
  for (int i = -reach; i <= reach; ++i) {
    const double zeta = step * i;
    const double threshold = (field.tau - std::sqrt(field.common_share) * zeta) / own;
    const auto type = type_at(threshold, step * normal_density(zeta), samples);
    if (type.weight > negligible) types.push_back(type);
  }
  return types;
}

double correlation_of(const NeuronField& one, const NeuronType& a, const NeuronField& other,
                      const NeuronType& b, double r) {
  if (one.linear && other.linear) return r;
  if (one.linear) return r * b.active / b.deviation;
  if (other.linear) return r * a.active / a.deviation;
  const double product = unequal_kernel(a.threshold, b.threshold, r);
  return (product - a.mean * b.mean) / (a.deviation * b.deviation);
}

struct LatentNode {
  double correlation, weight;
};

/// Of the density (1−r²)^{(D−3)/2}, over the angle of r = sin θ, as fine as the noise of M samples.
std::vector<LatentNode> latent_nodes(double dimension, std::int64_t samples) {
  using Gauss = boost::math::quadrature::gauss<double, 10>;
  const double end = std::min(0.5 * std::numbers::pi, 8.5 / std::sqrt(dimension));
  const double finest = 4 / std::sqrt(static_cast<double>(samples));
  const int panels = std::max(4, static_cast<int>(std::ceil(2 * end / finest)));
  std::vector<LatentNode> nodes;
  double sum = 0;
  const double half = end / panels;
  for (int p = 0; p < panels; ++p) {
    for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      for (const double side : {-1.0, 1.0}) {
        const double angle = -end + half * (2 * p + 1 + side * Gauss::abscissa()[j]);
        const double weight = Gauss::weights()[j] * std::pow(std::cos(angle), dimension - 2);
        nodes.push_back({std::sin(angle), weight});
        sum += weight;
      }
    }
  }
  for (auto& node : nodes) node.weight /= sum;
  return nodes;
}

/// E|m + s·u|
double absolute_mean(double m, double s) {
  const double z = m / s;
  return s * (2 * normal_density(z) + z * (1 - 2 * normal_tail(z)));
}

}  // namespace

CorrelationLaw::CorrelationLaw(const NeuronField& one, const NeuronField& other, double dimension,
                               std::int64_t samples)
    : samples_(static_cast<double>(samples)) {
  if (!(dimension >= 2)) throw model::InputError("dimension", dimension, "must be at least 2");
  if (samples < 3) throw model::InputError("samples", samples, "must be at least 3");
  for (const auto& field : {one, other}) {
    if (!(field.common_share >= 0 && field.common_share < 1)) {
      throw model::InputError("common_share", field.common_share, "must lie in [0, 1)");
    }
  }
  constexpr double bins_a_deviation = 16;
  const auto bins = static_cast<Eigen::Index>(
      2 * std::ceil(bins_a_deviation * std::min(500.0, std::sqrt(samples_))));
  grid_ = Eigen::ArrayXd::LinSpaced(bins + 1, -1, 1);
  weights_ = Eigen::ArrayXd::Zero(bins + 1);
  const auto nodes = latent_nodes(dimension, samples);
  const auto others = types_of(other, samples);
  for (const auto& a : types_of(one, samples)) {
    for (const auto& b : others) {
      for (const auto& [r, weight] : nodes) {
        add(a.weight * b.weight * weight, correlation_of(one, a, other, b, r));
      }
    }
  }
  mean_absolute_ /= alive_;
  root_mean_square_ = std::sqrt(root_mean_square_ / alive_);
}

void CorrelationLaw::add(double weight, double correlation) {
  const double c = std::clamp(correlation, -1.0, 1.0);
  const double deviation = std::fmax((1 - c) * (1 + c) / std::sqrt(samples_), 1e-300);
  alive_ += weight;
  mean_absolute_ += weight * absolute_mean(c, deviation);
  root_mean_square_ += weight * (c * c + deviation * deviation);
  const auto last = grid_.size() - 1;
  const double place = 0.5 * (c + 1) * static_cast<double>(last);
  const auto below = std::min(last - 1, static_cast<Eigen::Index>(place));
  const double share = place - static_cast<double>(below);
  weights_(below) += weight * (1 - share);
  weights_(below + 1) += weight * share;
}

double CorrelationLaw::tail(double x) const {
  if (x < 0) return 1;
  const double distance = grid_(1) - grid_(0);
  double sum = 0;
  for (Eigen::Index i = 0; i < grid_.size(); ++i) {
    if (weights_(i) == 0) continue;
    const double c = grid_(i);
    const double noise = (1 - c) * (1 + c) * (1 - c) * (1 + c) / samples_;
    const double deviation = std::sqrt(std::fmax(0.25 * noise, noise - distance * distance / 6));
    if (deviation == 0) {
      if (std::abs(c) > x) sum += weights_(i);
      continue;
    }
    sum += weights_(i) * (normal_tail((x - c) / deviation) + normal_tail((x + c) / deviation));
  }
  return sum;
}

}  // namespace wideproof::theory
