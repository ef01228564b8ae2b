// SPDX-License-Identifier: MIT
#include <wideproof/report/page/network_in_words.hpp>

#include <fmt/format.h>

#include <wideproof/report/page/plural.hpp>

namespace wideproof::report {
namespace {

std::string filter_in_words(const model::LateralFilter& filter, const char* neurons) {
  const auto& o = filter.options();
  if (filter.is_none()) return {};
  if (!filter.is_local())
    return fmt::format(" The weights of any two {} neurons have correlation m/n with m = {:.4g}.",
                       neurons, o.degree);
  const std::string where = o.sheet == model::Sheet::ring ? "ring" : "torus";
  const std::string support = o.sheet == model::Sheet::ring ? fmt::format("{} taps", o.taps)
                                                            : fmt::format("{0} × {0} taps", o.taps);
  return fmt::format(
      " Weights of neighbouring {} neurons are correlated: white noise on a {}, filtered by a {} "
      "of {}.",
      neurons, where, name_of(o.kind), support);
}

std::string threshold_in_words(const model::Network& network) {
  switch (network.threshold()) {
    case model::ThresholdRule::quantile:
      return "the threshold is the layer's own quantile for each input";
    case model::ThresholdRule::std:
      return "the threshold is τ times the layer's own root mean square";
    case model::ThresholdRule::fixed:
      return "the threshold is τ times the standard deviation that the theory predicts";
  }
  return {};
}

}  // namespace

/// The activation with what it reads.
std::string in_words(const model::Network& network) {
  const std::string name = network.activation_name();
  if (!model::is_pointwise(network.activation())) return name;
  const auto& options = network.function();
  if (options.function == model::Function::expression)
    return fmt::format("{} φ(x) = \"{}\"", name, options.expression);
  for (const auto& [key, value] : {std::pair("frequency", options.frequency),
                                   {"slope", options.slope},
                                   {"rate", options.rate},
                                   {"order", static_cast<double>(options.order)}})
    if (reads(options.function, key)) return fmt::format("{} of {} {}", name, key, value);
  return name;
}

namespace {

/// "1.5 n neurons, thresholded-gelu with f = 0.3"
std::string layer_in_words(const model::Network& network, std::int64_t layer) {
  const auto& like = network.like_layer(layer);
  const auto& own = network.options().layers;
  const double factor = own.empty() ? 1.0 : own[static_cast<std::size_t>(layer - 1)].width_factor;
  std::string text =
      fmt::format("{}n neurons, {}", factor == 1 ? std::string() : fmt::format("{:.4g} ", factor),
                  in_words(like));
  if (model::is_thresholded(like.activation()))
    text +=
        fmt::format(" with f = {:.4g}, where {}", like.active_fraction(), threshold_in_words(like));
  if (like.activation() == model::Activation::sparse_projection)
    text += fmt::format(" to {}vectors of sparseness {:.4g}",
                        like.is_signed() ? "" : "non-negative ", like.sparseness());
  return text;
}

/// Of layers that differ, those that follow each other and are alike told of together.
std::string layers_in_words(const model::Network& network) {
  std::string text = fmt::format("Networks of {} hidden layers", network.depth());
  const char* separator = ": ";
  for (std::int64_t first = 1; first <= network.depth();) {
    const std::string words = layer_in_words(network, first);
    std::int64_t last = first;
    while (last < network.depth() && layer_in_words(network, last + 1) == words) ++last;
    text += separator +
            (first == last ? fmt::format("layer {}", first)
                           : fmt::format("layers {} to {}", first, last)) +
            " of " + words;
    separator = "; ";
    first = last + 1;
  }
  return text + ".";
}

/// σ² or σ_b² of all layers from the second on, by layer where they differ.
template <class Value>
std::string by_layer(const model::Network& network, const Value& value) {
  const auto first = value(1);
  std::string list;
  bool are_alike = true;
  for (std::int64_t layer = 2; layer <= network.depth(); ++layer) {
    are_alike = are_alike && value(layer - 1) == first;
    list += fmt::format("{}{:.5g} into layer {}", layer == 2 ? "" : ", ", value(layer - 1), layer);
  }
  return are_alike ? fmt::format("{:.5g}", first) : list;
}

}  // namespace

std::string network_in_words(const model::Experiment& experiment) {
  const auto& network = experiment.network();
  if (!network.is_uniform() || !network.has_one_width()) return layers_in_words(network);
  std::string text = fmt::format("Networks of {} hidden layer{} of n neurons, activation {}.",
                                 network.depth(), plural(network.depth()), in_words(network));
  if (model::is_thresholded(network.activation()))
    text += fmt::format(" A fraction f = {:.4g} of each layer is meant to be active; {}.",
                        network.active_fraction(), threshold_in_words(network));
  if (network.activation() == model::Activation::sparse_projection)
    text += fmt::format(" Each layer is projected to the nearest {}vector of sparseness {:.4g}.",
                        network.is_signed() ? "" : "non-negative ", network.sparseness());
  return text;
}

std::string weights_in_words(const model::Experiment& experiment, const model::Prediction& theory) {
  const auto& network = experiment.network();
  // The variance, biases and the correlation of senders act from the second layer on.
  const bool has_second = network.depth() > 1;
  const bool is_critical = network.is_uniform() && !network.weight_variance();
  std::string text = "Weights are random and Gaussian, not trained";
  if (has_second)
    text += fmt::format(
        "; from the second layer on their variance is σ²/n with σ² = {}{}",
        by_layer(network, [&](std::int64_t layer) { return theory.weight_variance_from(layer); }),
        is_critical ? ", the critical one, which keeps norms from layer to layer" : "");
  text += ".";
  if (!network.has_plain_inputs()) {
    text += fmt::format(" The first layer's weights have variance {:.5g}",
                        network.input_weight_variance());
    if (network.input_bias_variance() > 0)
      text += fmt::format(", its biases {:.5g}", network.input_bias_variance());
    text += ".";
  }
  const auto bias_variance = [&](std::int64_t layer) {
    return network.like_layer(layer).bias_variance();
  };
  const auto biases = by_layer(network, bias_variance);
  if (has_second && biases != "0") text += fmt::format(" Biases have variance {}.", biases);
  if (has_second) text += filter_in_words(network.presynaptic(), "sending");
  text += filter_in_words(network.postsynaptic(), "receiving");
  if (has_second && !network.presynaptic().is_none())
    text += fmt::format(" The degree of correlation is m = {:.4g}{}.", theory.degree_of_correlation,
                        theory.critical_degree_of_correlation
                            ? fmt::format(" (m* = {:.4g} would preserve correlations best)",
                                          *theory.critical_degree_of_correlation)
                            : "");
  return text;
}

std::vector<std::string> network_in_words(const model::Experiment& experiment,
                                          const model::Prediction& theory) {
  return {network_in_words(experiment), weights_in_words(experiment, theory)};
}

}  // namespace wideproof::report
