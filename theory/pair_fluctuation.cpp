// SPDX-License-Identifier: MIT
#include <wideproof/theory/pair_fluctuation.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <wideproof/theory/autocorrelation.hpp>
#include <wideproof/theory/pair_kernel.hpp>

namespace wideproof::theory {
namespace {

/// Value, Jacobian and second-order term of the three entries' map at unit variances.
struct TripleMap {
  Eigen::Vector3d value = Eigen::Vector3d::Zero();
  Eigen::Matrix3d jacobian = Eigen::Matrix3d::Zero();
  Eigen::Matrix3d hessian[3] = {Eigen::Matrix3d::Zero(), Eigen::Matrix3d::Zero(),
                                Eigen::Matrix3d::Zero()};

  /// Adds weight·E[φ(u)φ(v)], u and v having `scaling` times the covariance in the kernel.
  void add(const NeuronResponse& response, double c, double scaling, double weight) {
    const PairKernel same(response, 1.0, scaling);
    const PairKernel pair(response, c, scaling);
    const int diagonal[] = {entry_aa, entry_bb};
    for (const int entry : diagonal) {
      value(entry) += weight * same.value;
      jacobian(entry, entry) += weight * same.gradient.sum();
      hessian[entry](entry, entry) += weight * same.hessian.sum();
    }
    value(entry_ab) += weight * pair.value;
    jacobian.row(entry_ab) += weight * pair.gradient.transpose();
    hessian[entry_ab] += weight * pair.hessian;
  }

  Eigen::Vector3d curvature(const Eigen::Matrix3d& covariance) const {
    Eigen::Vector3d result;
    for (int entry = 0; entry < 3; ++entry) {
      result(entry) = 0.5 * hessian[entry].cwiseProduct(covariance).sum();
    }
    return result;
  }
};

/// n·Cov and n·bias of three entries.
struct Moments {
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  Eigen::Vector3d bias = Eigen::Vector3d::Zero();

  Moments through(const TripleMap& map, const Eigen::Matrix3d& noise,
                  const Eigen::Vector3d& own_bias) const {
    return {map.jacobian * covariance * map.jacobian.transpose() + noise,
            map.jacobian * bias + map.curvature(covariance) + own_bias};
  }

  Moments scaled(const Eigen::Vector3d& scale) const {
    return {scale.asDiagonal() * covariance * scale.asDiagonal(), scale.cwiseProduct(bias)};
  }
};

/// Delta method for G_ab/√(G_aa G_bb) where the entries are `g`.
void set_correlation(const Eigen::Vector3d& g, PairFluctuation& pair) {
  const double norm = std::sqrt(g(0) * g(2));
  const double c = g(1) / norm;
  const Eigen::Vector3d gradient(-0.5 * c / g(0), 1 / norm, -0.5 * c / g(2));
  Eigen::Matrix3d hessian;
  hessian << 0.75 * c / (g(0) * g(0)), -0.5 / (g(0) * norm), 0.25 * c / (g(0) * g(2)),
      -0.5 / (g(0) * norm), 0, -0.5 / (g(2) * norm),  //
      0.25 * c / (g(0) * g(2)), -0.5 / (g(2) * norm), 0.75 * c / (g(2) * g(2));
  pair.correlation_variance = std::max(0.0, gradient.dot(pair.gram_covariance * gradient));
  pair.correlation_bias =
      gradient.dot(pair.gram_bias) + 0.5 * hessian.cwiseProduct(pair.gram_covariance).sum();
}

NeuronResponse derived_response(const model::Network& network) {
  const std::string reason = fluctuation_not_derived(network);
  if (!reason.empty()) throw std::invalid_argument("PairRecursion: " + reason);
  return *neuron_response(network);
}

}  // namespace

std::string fluctuation_not_derived(const model::Network& network) {
  if (!neuron_response(network)) {
    return "Fluctuations are derived for thresholded-relu, relu and linear activations only.";
  }
  if (!Autocorrelation(network.presynaptic()).is_delta() &&
      !Autocorrelation(network.postsynaptic()).is_delta()) {
    return "Fluctuations are not derived for a presynaptic and a postsynaptic correlation "
           "together.";
  }
  return {};
}

PairRecursion::PairRecursion(const model::Network& network, const model::Prediction& prediction,
                             std::ptrdiff_t pairs)
    : prediction_(&prediction),
      response_(derived_response(network)),
      noise_(network, response_, pairs * static_cast<std::ptrdiff_t>(prediction.layers.size())),
      has_senders_(!Autocorrelation(network.presynaptic()).is_delta()),
      degree_(prediction.degree_of_correlation),
      has_uniform_senders_(network.presynaptic().kind() == model::LateralFilter::Kind::uniform),
      threshold_bias_(response_, network.postsynaptic()) {
  const double plain = noise_.plain_relative_variance();
  plain_over_gram_ = plain / noise_.gram_relative_variance();
  plain_over_next_ = plain / noise_.next_relative_variance();
}

std::vector<PairFluctuation> PairRecursion::operator()(Eigen::Index a, Eigen::Index b) const {
  std::vector<PairFluctuation> result;
  Moments kernel;
  for (const auto& layer : prediction_->layers) {
    const double qa = layer.preactivation(a, a);
    const double qb = layer.preactivation(b, b);
    const Eigen::Vector3d scale(qa, std::sqrt(qa * qb), qb);
    const double c = std::clamp(layer.preactivation(a, b) / scale(1), -1.0, 1.0);
    const Moments unit = kernel.scaled(scale.cwiseInverse());

    TripleMap map;
    map.add(response_, c, 1.0, 1.0);
    const auto threshold_bias = threshold_bias_(c);
    Eigen::Vector3d own_bias = threshold_bias.same;
    const Eigen::Matrix3d noise = noise_.gram(c);
    const Moments gram = unit.through(map, noise, own_bias).scaled(scale / prediction_->gram_scale);
    PairFluctuation pair{gram.covariance, 0, gram.bias, 0};
    set_correlation(map.value.cwiseProduct(scale) / prediction_->gram_scale, pair);
    result.push_back(pair);

    if (has_senders_) {
      TripleMap others;
      others.add(response_, c, 0.0, degree_);
      own_bias += degree_ * threshold_bias.two;
      if (has_uniform_senders_) own_bias -= others.value;
      map.add(response_, c, 0.0, degree_);
    }
    kernel = unit.through(map, has_senders_ ? noise_.next(c) : noise, own_bias)
                 .scaled(prediction_->weight_variance * scale);
  }
  return result;
}

double PairRecursion::effective_neurons(std::size_t layer) const {
  return layer + 1 < prediction_->layers.size() ? plain_over_next_ : plain_over_gram_;
}

}  // namespace wideproof::theory
