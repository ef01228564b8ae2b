// SPDX-License-Identifier: MIT
#include <wideproof/theory/layer_recursion.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/correlation_map.hpp>
#include <wideproof/theory/normal_tail.hpp>
#include <wideproof/theory/thresholded_relu_kernel.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::InputError;

double resolved_weight_variance(const model::Network& network, const DualKernel& kernel,
                                const LateralSum& sum) {
  if (network.weight_variance()) return *network.weight_variance();
  const double gain = kernel.unit_sum(sum);
  // The terms carry errors of 1e-14 or so, which a smaller sum would show in its leading digits.
  const bool vanishes = !(gain > 1e-8 * kernel(1.0, 1.0, 1.0));
  if (vanishes) {
    throw InputError("network.presynaptic.filter", name_of(network.presynaptic().kind()),
                     fmt::format("cancels the layer's output (the sum over offsets is {}), so no "
                                 "weight variance is critical; weaken the surround or give "
                                 "network.weight_variance",
                                 gain));
  }
  return (1 - network.bias_variance()) / gain;
}

Eigen::MatrixXd first_kernel(const Eigen::MatrixXd& cosines) {
  require_cosines(cosines);
  return symmetric_matrix(cosines.rows(), [&](auto a, auto b) {
    return a == b ? 1.0 : std::clamp(cosines(a, b), -1.0, 1.0);
  });
}

Eigen::MatrixXd normalised(const Eigen::MatrixXd& gram) {
  return symmetric_matrix(gram.rows(), [&](auto a, auto b) {
    return a == b ? 1.0 : std::clamp(gram(a, b) / std::sqrt(gram(a, a) * gram(b, b)), -1.0, 1.0);
  });
}

}  // namespace

LayerRecursion::LayerRecursion(const model::Network& network)
    : sum_(network.presynaptic(), network.postsynaptic()),
      kernel_(make_dual_kernel(network)),
      bias_variance_(network.bias_variance()),
      weight_variance_(resolved_weight_variance(network, *kernel_, sum_)) {}

Eigen::MatrixXd LayerRecursion::raw_gram(const Eigen::MatrixXd& preactivation) const {
  return kernel_->gram(preactivation);
}

Eigen::MatrixXd LayerRecursion::next_kernel(const Eigen::MatrixXd& preactivation,
                                            const Eigen::MatrixXd& raw_gram) const {
  Eigen::MatrixXd next = raw_gram;
  if (!sum_.others().empty()) next += kernel_->lateral_gram(preactivation, sum_);
  next = (weight_variance_ * next).array() + bias_variance_;
  const auto variances = next.diagonal().array();
  const auto products = variances.square();
  require_in_range(next.allFinite() && (variances > 0).all() && products.isFinite().all() &&
                       (products > 0).all(),
                   preactivation(0, 0), next(0, 0));
  return next;
}

double LayerRecursion::next_variance(double variance) const {
  double sum = (*kernel_)(variance, variance, variance);
  for (const auto& [weight, scaling] : sum_.others()) {
    sum += weight * (*kernel_)(variance, variance, scaling * variance);
  }
  const double next = weight_variance_ * sum + bias_variance_;
  const double product = next * next;
  require_in_range(next > 0 && std::isfinite(product) && product > 0, variance, next);
  return next;
}

void LayerRecursion::require_in_range(bool holds, double from, double to) const {
  if (holds) return;
  throw InputError("network.weight_variance", weight_variance_,
                   fmt::format("takes the variance of h out of range (from {} to {} in one "
                               "layer); choose it nearer to the critical one, or lower the depth",
                               from, to));
}

void require_cosines(const Eigen::MatrixXd& cosines) {
  constexpr double rounding = 1e-12;
  if (cosines.rows() != cosines.cols() || cosines.rows() == 0) {
    throw InputError("input_cosines", fmt::format("{} x {}", cosines.rows(), cosines.cols()),
                     "must be a square matrix with a row for each input");
  }
  for (Eigen::Index b = 0; b < cosines.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      const double c = cosines(a, b);
      const auto here = [&] { return fmt::format("input_cosines({}, {})", a, b); };
      if (!(std::abs(c) <= 1 + rounding)) throw InputError(here(), c, "must lie in [-1, 1]");
      if (a == b && !(c >= 1 - rounding))
        throw InputError(here(), c, "must be 1: inputs have unit norm");
    }
  }
}

model::Prediction predict(const model::Network& network, const Eigen::MatrixXd& input_cosines) {
  const LayerRecursion recursion(network);
  model::Prediction prediction;
  prediction.weight_variance = recursion.weight_variance();
  prediction.degree_of_correlation = recursion.lateral_sum().degree();
  prediction.critical_degree_of_correlation = critical_degree_of_correlation(network);
  if (is_thresholded(network.activation())) prediction.tau = tau_of(network.active_fraction());
  if (network.activation() == Activation::thresholded_relu) {
    prediction.gram_scale = recursion.kernel()(1.0, 1.0, 1.0);
  }
  const bool has_order_statistics =
      is_thresholded(network.activation()) && network.threshold() == model::ThresholdRule::quantile;
  const ThresholdedReluKernel thresholds(prediction.tau.value_or(0.0));
  Eigen::MatrixXd preactivation = first_kernel(input_cosines);
  for (std::int64_t l = 1; l <= network.depth(); ++l) {
    model::LayerPrediction layer;
    const Eigen::MatrixXd raw = recursion.raw_gram(preactivation);
    layer.preactivation = preactivation;
    layer.gram = raw / prediction.gram_scale;
    layer.correlation = normalised(raw);
    layer.deficit = 1 - layer.correlation.array();
    layer.preactivation_deficit = 1 - normalised(preactivation).array();
    if (has_order_statistics) {
      layer.separating_fraction = layer.preactivation_deficit.unaryExpr(
          [&](double deficit) { return thresholds.separating(deficit); });
    }
    layer.active_fraction = recursion.kernel().active_fraction();
    if (l < network.depth()) {
      preactivation = recursion.next_kernel(preactivation, raw);
      layer.next_kernel = preactivation;
    }
    prediction.layers.push_back(std::move(layer));
  }
  return prediction;
}

}  // namespace wideproof::theory
