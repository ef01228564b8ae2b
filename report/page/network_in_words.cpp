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

std::string network_in_words(const model::Experiment& experiment) {
  const auto& network = experiment.network();
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
  std::string text = "Weights are random and Gaussian, not trained";
  if (has_second)
    text += fmt::format("; from the second layer on their variance is σ²/n with σ² = {:.5g}{}",
                        theory.weight_variance,
                        network.weight_variance()
                            ? ""
                            : ", the critical one, which keeps norms from layer to layer");
  text += ".";
  if (has_second && network.bias_variance() > 0)
    text += fmt::format(" Biases have variance {:.4g}.", network.bias_variance());
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
