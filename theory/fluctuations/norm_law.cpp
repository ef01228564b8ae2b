// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/norm_law.hpp>

#include <cmath>

#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {

std::optional<NormLaw> NormLaw::of(const model::Network& network) {
  if (!fluctuation_not_derived(network).empty()) return {};
  if (!neuron_response(network)->is_homogeneous() || network.bias_variance() != 0) return {};
  // A second layer's Gram is the product of both factors: what exceeds its own factor comes from
  // the first layer.
  model::Network::Options options = network.options();
  options.depth = 2;
  options.layers.clear();
  options.weight_variance = std::nullopt;
  const model::Network two_layers(options);
  const auto prediction = predict(two_layers, Eigen::MatrixXd::Ones(1, 1));
  const auto layers = PairRecursion(two_layers, prediction, 1)(0, 0);
  const auto factor = [&](std::size_t l) {
    const double scale = prediction.layers[l].gram(0, 0);
    return Factor{layers[l].gram_bias(entry_aa) / scale,
                  layers[l].gram_covariance(entry_aa, entry_aa) / (scale * scale)};
  };
  NormLaw law;
  law.gram_ = factor(0);
  law.next_ = {factor(1).bias - law.gram_.bias,
               factor(1).relative_variance - law.gram_.relative_variance};
  return law;
}

double NormLaw::mean(std::int64_t width, std::int64_t layers) const {
  const auto n = static_cast<double>(width);
  return std::pow(1 + next_.bias / n, static_cast<double>(layers - 1)) * (1 + gram_.bias / n);
}

double NormLaw::second_moment(std::int64_t width, std::int64_t layers) const {
  const auto factor = [n = static_cast<double>(width)](const Factor& x) {
    return (1 + x.bias / n) * (1 + x.bias / n) + x.relative_variance / n;
  };
  return std::pow(factor(next_), static_cast<double>(layers - 1)) * factor(gram_);
}

}  // namespace wideproof::theory
