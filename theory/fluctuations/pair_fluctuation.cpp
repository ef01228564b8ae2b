// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <wideproof/theory/fluctuations/pair_kernel.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>

namespace wideproof::theory {
namespace {

/// n·Cov and n·bias of (s, x, a), PairKernel's coordinates.
struct Moments {
  double norm = 0;          ///< V_ss
  double norm_deficit = 0;  ///< V_sx
  double deficit = 0;       ///< V_xx
  double contrast = 0;      ///< V_aa
  double norm_bias = 0;
  double deficit_bias = 0;

  /// After `map`, with what the layer itself adds to s, d and a, in the units of the map's H. To
  /// second order this changes the deficit by (d − δ's)(1 − s) − (1 − δ')a²/2, in units of F.
  Moments through(const PairKernel& map, const PairCovariance& noise,
                  const ThresholdBias::Entries& own) const {
    const double delta = map.deficit;
    const double s_s = map.norm_by_norm;
    const double x_s = map.deficit_by_norm;
    const double x_x = map.deficit_by_deficit;
    const PairCovariance added = 1 / (map.value * map.value) * noise;
    const double added_with_norm = added.norm_distance - delta * added.norm;
    Moments next;
    next.norm = s_s * s_s * norm + added.norm;
    next.contrast = s_s * s_s * contrast + added.contrast;
    next.norm_deficit = s_s * (x_s * norm + x_x * norm_deficit) + added_with_norm;
    next.deficit = x_s * x_s * norm + 2 * x_s * x_x * norm_deficit + x_x * x_x * deficit +
                   added.distance - 2 * delta * added.norm_distance + delta * delta * added.norm;
    next.norm_bias =
        s_s * norm_bias + 0.5 * map.norm_curvature * (norm + contrast) + own.norm / map.value;
    next.deficit_bias =
        x_s * norm_bias + x_x * deficit_bias + 0.5 * map.deficit_by_norms * norm +
        map.deficit_by_both * norm_deficit + 0.5 * map.deficit_by_deficits * deficit +
        0.5 * map.deficit_by_contrasts * contrast + (own.distance - delta * own.norm) / map.value -
        added_with_norm - 0.5 * (1 - delta) * added.contrast;
    return next;
  }

  /// The same where the entries make up `share` of those of the next kernel and a constant the
  /// rest, so that the deficit `delta` becomes share·delta.
  Moments with_constant(double share, double delta) const {
    const double rest = 1 - share;
    const double lean = rest * delta;
    const double square = share * share;
    Moments next;
    next.norm = square * norm;
    next.contrast = square * contrast;
    next.norm_deficit = square * (norm_deficit + lean * norm);
    next.deficit = square * (deficit + 2 * lean * norm_deficit + lean * lean * norm);
    next.norm_bias = share * norm_bias;
    next.deficit_bias =
        share * (deficit_bias + lean * (norm_bias - share * norm) + rest * norm_deficit +
                 0.5 * rest * (1 - delta * (1 + share)) * contrast);
    return next;
  }

  /// For entries of the size `scale` and of the deficit `delta`.
  PairFluctuation fluctuation(double scale, double delta) const {
    PairFluctuation pair{};
    pair.distances =
        scale * scale *
        PairCovariance{norm, norm_deficit + delta * norm,
                       deficit + 2 * delta * norm_deficit + delta * delta * norm, contrast};
    pair.gram_covariance = pair.distances.entries();
    const double product_bias =
        (1 - delta) * (norm_bias - 0.5 * contrast) - deficit_bias - norm_deficit;
    pair.gram_bias = scale * Eigen::Vector3d(norm_bias, product_bias, norm_bias);
    pair.correlation_variance = std::max(0.0, deficit);
    pair.correlation_bias = -deficit_bias;
    return pair;
  }
};

NeuronResponse derived_response(const model::Network& network) {
  const std::string reason = fluctuation_not_derived(network);
  if (!reason.empty()) throw std::invalid_argument("PairRecursion: " + reason);
  return *neuron_response(network);
}

}  // namespace

std::string fluctuation_not_derived(const model::Network& network) {
  if (!neuron_response(network)) {
    return "Finite-width fluctuations are derived only for the thresholded-relu, relu, linear and "
           "sparse-projection activations.";
  }
  if (!Autocorrelation(network.presynaptic()).is_delta() &&
      !Autocorrelation(network.postsynaptic()).is_delta()) {
    return "Finite-width fluctuations are not derived for presynaptic and postsynaptic correlation "
           "together.";
  }
  return {};
}

PairRecursion::PairRecursion(const model::Network& network, const model::Prediction& prediction,
                             std::ptrdiff_t pairs)
    : prediction_(&prediction),
      response_(derived_response(network)),
      noise_(network, response_, pairs * static_cast<std::ptrdiff_t>(prediction.layers.size())),
      bias_variance_(network.bias_variance()),
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
    const double variance = layer.preactivation(a, a);
    const double delta = std::clamp(layer.preactivation_deficit(a, b), 0.0, 2.0);
    const NeuronFeatures features(response_, delta);
    const ThresholdBias::Bias threshold_bias = threshold_bias_(features);
    const PairCovariance noise = noise_.gram(features);
    const PairKernel to_gram(response_, features, 0.0);
    const Moments gram = kernel.through(to_gram, noise, threshold_bias.same);
    result.push_back(
        gram.fluctuation(variance * to_gram.value / prediction_->gram_scale, to_gram.deficit));

    Moments next = gram;
    PairKernel to_next = to_gram;
    if (has_senders_) {
      to_next = PairKernel(response_, features, degree_);
      auto own = threshold_bias.same;
      own.norm += degree_ * threshold_bias.two.norm;
      own.distance += degree_ * threshold_bias.two.distance;
      if (has_uniform_senders_) {
        own.norm -= degree_ * features.mean_value * features.mean_value;
      }
      next = kernel.through(to_next, noise_.next(features), own);
    }
    const double weights = prediction_->weight_variance * variance * to_next.value;
    kernel = next.with_constant(weights / (weights + bias_variance_), to_next.deficit);
  }
  return result;
}

double PairRecursion::effective_neurons(std::size_t layer) const {
  return layer + 1 < prediction_->layers.size() ? plain_over_next_ : plain_over_gram_;
}

}  // namespace wideproof::theory
