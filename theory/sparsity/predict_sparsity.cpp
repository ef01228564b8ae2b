// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/predict_sparsity.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/fluctuations/gram_covariance.hpp>
#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>
#include <wideproof/theory/fluctuations/pair_kernel.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/neurons/gram_noise.hpp>
#include <wideproof/theory/sparsity/activity_law.hpp>
#include <wideproof/theory/sparsity/class_separation.hpp>
#include <wideproof/theory/sparsity/lifetime_sparseness.hpp>

namespace wideproof::theory {
namespace {

using model::WideNumber;

/// A deficit of the first layer's, and how many ordered pairs (a, b) have it.
struct DeficitClass {
  Eigen::Index a, b;
  double count;
};

std::vector<DeficitClass> deficit_classes(const Eigen::MatrixXd& deficits) {
  constexpr double rounding = 1e-12;
  std::vector<DeficitClass> pairs;
  for (Eigen::Index b = 0; b < deficits.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) pairs.push_back({a, b, a == b ? 1.0 : 2.0});
  }
  const auto deficit = [&](const DeficitClass& pair) {
    return pair.a == pair.b ? 0.0 : deficits(pair.a, pair.b);
  };
  std::sort(pairs.begin(), pairs.end(),
            [&](const auto& x, const auto& y) { return deficit(x) < deficit(y); });
  std::vector<DeficitClass> classes;
  for (const auto& pair : pairs) {
    if (classes.empty() || deficit(pair) > (1 + rounding) * deficit(classes.back())) {
      classes.push_back(pair);
    } else {
      classes.back().count += pair.count;
    }
  }
  return classes;
}

/// n·Cov and n·bias of the norms of two inputs' kernel entries, in units of their limit.
struct NormMoments {
  double covariance = 0;
  double bias = 0;
};

/// Takes the norms of fixed thresholds from layer to layer.
class NormRecursion {
 public:
  NormRecursion(const model::Network& network, const model::Prediction& prediction)
      : prediction_(prediction),
        response_(*neuron_response(network)),
        degree_(prediction.degree_of_correlation),
        bias_variance_(network.bias_variance()),
        noise_(network, response_, prediction.layers.front().gram.size()),
        map_(response_, NeuronFeatures(response_, 0.0), degree_) {
    if (network.presynaptic().kind() == model::LateralFilter::Kind::uniform) {
      const NeuronFeatures one(response_, 0.0);
      own_bias_ = -degree_ * one.mean_value * one.mean_value / map_.value;
    }
  }

  /// At the layer after `layer`; `own` are those of one input.
  NormMoments next(std::size_t layer, double deficit, const NormMoments& of_pair,
                   double own) const {
    const double weights =
        prediction_.weight_variance * prediction_.layers[layer].preactivation(0, 0) * map_.value;
    const double share = weights / (weights + bias_variance_);
    const PairCovariance noise = noise_.next(NeuronFeatures(response_, deficit));
    const double added = (noise.norm - noise.contrast) / (map_.value * map_.value);
    const double slope = map_.norm_by_norm;
    return {share * share * (slope * slope * of_pair.covariance + added),
            share * (slope * of_pair.bias + 0.5 * map_.norm_curvature * own + own_bias_)};
  }

 private:
  const model::Prediction& prediction_;
  NeuronResponse response_;
  double degree_;
  double bias_variance_;
  GramNoise noise_;
  PairKernel map_;
  double own_bias_ = 0;
};

/// Of r̂ by layer: n·Cov of a pair, and n·bias.
struct RatioMoments {
  std::optional<double> covariance, bias;
};

class RatioRecursion {
 public:
  RatioRecursion(const model::Network& network, const model::Prediction& prediction)
      : prediction_(prediction) {
    for (const auto& layer : prediction.layers) {
      laws_.emplace_back(network, layer.preactivation(0, 0));
    }
    const bool depends_on_norm = laws_.front().slope().value_or(0.0) != 0;
    if (depends_on_norm && fluctuation_not_derived(network).empty()) {
      norms_.emplace(network, prediction);
    }
  }

  const ActivityLaw& law(std::size_t layer) const { return laws_[layer]; }

  std::vector<RatioMoments> operator()(Eigen::Index a, Eigen::Index b) const {
    std::vector<RatioMoments> result;
    NormMoments norm, own;
    for (std::size_t l = 0; l < laws_.size(); ++l) {
      const ActivityLaw& law = laws_[l];
      const double deficit =
          a == b ? 0.0 : std::clamp(prediction_.layers[l].preactivation_deficit(a, b), 0.0, 2.0);
      RatioMoments moments{a == b ? law.variance() : law.covariance(1 - deficit), law.bias()};
      const bool is_derived = l == 0 || law.slope() == 0.0 || norms_;
      if (!is_derived) {
        moments = {};
      } else if (norms_) {
        const double slope = *law.slope();
        if (moments.covariance) *moments.covariance += slope * slope * norm.covariance;
        if (moments.bias)
          *moments.bias += slope * own.bias + 0.5 * *law.curvature() * own.covariance;
        norm = norms_->next(l, deficit, norm, own.covariance);
        own = norms_->next(l, 0.0, own, own.covariance);
      }
      result.push_back(moments);
    }
    return result;
  }

 private:
  const model::Prediction& prediction_;
  std::vector<ActivityLaw> laws_;
  std::optional<NormRecursion> norms_;
};

void add_averages(const RatioRecursion& recursion, const Eigen::MatrixXd& deficits,
                  const SparsityOptions& options, model::SparsityPrediction& sparsity) {
  const auto own = recursion(0, 0);
  const auto inputs = static_cast<double>(deficits.rows());
  std::vector<std::optional<double>> variances(own.size());
  std::vector<DeficitClass> classes;
  constexpr std::ptrdiff_t repeats = 20;  // beyond so many pairs of one deficit do not even sort
  if (deficits.size() / 2 <= repeats * options.most_pairs) classes = deficit_classes(deficits);
  if (!classes.empty() && static_cast<std::ptrdiff_t>(classes.size()) <= options.most_pairs) {
    std::fill(variances.begin(), variances.end(), 0.0);
    for (const auto& [a, b, count] : classes) {
      const auto moments = recursion(a, b);
      for (std::size_t l = 0; l < own.size(); ++l) {
        const auto& covariance = moments[l].covariance;
        variances[l] = variances[l] && covariance
                           ? std::optional(*variances[l] + count * *covariance / (inputs * inputs))
                           : std::nullopt;
      }
    }
  }
  for (std::size_t l = 0; l < own.size(); ++l) {
    auto& layer = sparsity.layers[l];
    const double ratio = recursion.law(l).ratio();
    layer.hoyer.value = 1 - ratio;
    layer.treves_rolls.value = ratio * ratio;
    layer.hoyer_variance_of_one = own[l].covariance;
    layer.hoyer.variance = variances[l];
    if (variances[l]) layer.treves_rolls.variance = 4 * ratio * ratio * *variances[l];
    if (!own[l].bias) continue;
    layer.hoyer.bias = -*own[l].bias;
    if (own[l].covariance) {
      layer.treves_rolls.bias = 2 * ratio * *own[l].bias + *own[l].covariance;
    }
  }
}

std::vector<Eigen::MatrixXd> covariances_of(const model::Network& network,
                                            const model::Prediction& prediction,
                                            const SparsityOptions& options) {
  const bool is_small = prediction.layers.front().gram.rows() <= options.most_inputs_pooled;
  if (!is_small || !gram_covariance_not_derived(network).empty()) return {};
  return predict_gram_covariance(network, prediction);
}

std::string why_incomplete(const model::Network& network, const SparsityOptions& options,
                           Eigen::Index inputs) {
  std::string reason = gram_covariance_not_derived(network);
  if (!reason.empty()) return reason;
  if (inputs <= options.most_inputs_pooled) return {};
  return fmt::format("Spreads of what is pooled over neurons are computed for up to {} inputs.",
                     options.most_inputs_pooled);
}

/// Of signed activations there is no Gram of |z|.
bool is_nonnegative(const model::Network& network) {
  const auto activation = network.activation();
  if (model::is_pointwise(activation)) return !model::has_negative_activities(network);
  return model::is_thresholded(activation) || activation == model::Activation::relu;
}

}  // namespace

namespace {

/// Limits alone, of layers that differ.
model::SparsityPrediction limits_of_layers(const model::Network& network,
                                           const model::Prediction& prediction,
                                           const std::optional<InputClasses>& classes) {
  model::SparsityPrediction sparsity;
  sparsity.not_derived = "Spreads of sparsity are derived for layers that are all alike.";
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    const auto& from = prediction.layers[l];
    const auto& like = network.like_layer(static_cast<std::int64_t>(l) + 1);
    const double ratio = ActivityLaw(like, from.preactivation(0, 0)).ratio();
    auto& layer = sparsity.layers.emplace_back();
    layer.active_fraction = from.active_fraction;
    layer.hoyer.value = 1 - ratio;
    layer.treves_rolls.value = ratio * ratio;
    if (is_nonnegative(like))
      layer.lifetime.emplace(WideNumber{pooled_lifetime_sparseness(from.gram)});
    if (!classes) continue;
    const auto eta_squared = pooled_eta_squared(from.gram, *classes);
    if (eta_squared) layer.eta_squared = WideNumber{*eta_squared};
  }
  return sparsity;
}

}  // namespace

model::SparsityPrediction predict_sparsity(const model::Network& network,
                                           const model::Prediction& prediction,
                                           const std::vector<std::int64_t>& labels,
                                           const SparsityOptions& options) {
  const Eigen::Index inputs = prediction.layers.front().gram.rows();
  std::optional<InputClasses> classes;
  if (!labels.empty()) classes.emplace(labels, inputs);
  if (!network.is_uniform() || !network.has_one_width())
    return limits_of_layers(network, prediction, classes);
  model::SparsityPrediction sparsity;
  sparsity.layers.resize(prediction.layers.size());
  sparsity.not_derived = why_incomplete(network, options, inputs);
  const RatioRecursion recursion(network, prediction);
  add_averages(recursion, prediction.layers.front().preactivation_deficit, options, sparsity);

  const auto covariances = covariances_of(network, prediction, options);
  const auto& fluctuation = prediction.fluctuation.layers;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    const auto& from = prediction.layers[l];
    auto& layer = sparsity.layers[l];
    layer.active_fraction = from.active_fraction;
    const Eigen::MatrixXd bias =
        l < fluctuation.size() ? fluctuation[l].gram_bias : Eigen::MatrixXd();
    if (is_nonnegative(network)) {
      layer.lifetime.emplace(WideNumber{pooled_lifetime_sparseness(from.gram)});
      if (!covariances.empty()) {
        *layer.lifetime = lifetime_activity(inputs).number(from.gram, covariances[l], bias);
        layer.lifetime->value = 1 - layer.lifetime->value;
        if (layer.lifetime->bias) *layer.lifetime->bias *= -1;
      }
    }
    if (!classes) continue;
    const auto eta_squared = pooled_eta_squared(from.gram, *classes);
    if (!eta_squared) continue;
    layer.eta_squared = WideNumber{*eta_squared};
    if (!covariances.empty()) {
      layer.eta_squared = eta_squared_ratio(*classes).number(from.gram, covariances[l], bias);
    }
  }
  return sparsity;
}

}  // namespace wideproof::theory
