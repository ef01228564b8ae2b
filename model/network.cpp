// SPDX-License-Identifier: MIT
#include <wideproof/model/network.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/activation_choice.hpp>

namespace wideproof::model {
namespace {

bool takes_negative_values(const Nonlinearity& phi) {
  constexpr double far = 30;
  for (double x = -far; x <= far; x += 1. / 64)
    if (phi(x) < 0) return true;
  return false;
}

void require_weight_variance(const std::string& key, const std::optional<double>& variance) {
  if (variance && !(*variance > 0 && std::isfinite(*variance)))
    throw InputError(key, *variance, "must be positive and finite, or \"critical\"");
}

void require_bias_variance(const std::string& key, double variance) {
  if (!(variance >= 0 && std::isfinite(variance)))
    throw InputError(key, variance, "must be finite and at least 0");
}

std::string key_in_layer(std::size_t i, std::string_view key) {
  return fmt::format("network.layers[{}].{}", i, key);
}

void require_variances_and_width(const Network::Layer& layer, std::size_t i) {
  if (!(layer.width_factor >= 1e-3 && layer.width_factor <= 1e3))
    throw InputError(key_in_layer(i, "width_factor"), layer.width_factor,
                     "must lie in [0.001, 1000]");
  if (layer.weight_variance)
    require_weight_variance(key_in_layer(i, "weight_variance"), *layer.weight_variance);
  if (layer.bias_variance)
    require_bias_variance(key_in_layer(i, "bias_variance"), *layer.bias_variance);
}

/// What the first layer has of its own are the network's input_weight_variance and
/// input_bias_variance.
void take_first_layer(Network::Options& options) {
  if (options.layers.empty()) return;
  auto& first = options.layers.front();
  const auto refuse_twice = [](std::string_view key, double value, std::string_view other) {
    throw InputError(key_in_layer(0, key), value,
                     fmt::format("is given by network.{} too, otherwise; leave one out", other));
  };
  if (first.weight_variance) {
    if (!*first.weight_variance)
      throw InputError(key_in_layer(0, "weight_variance"), "\"critical\"",
                       "must be a positive number: what comes before the first layer are inputs");
    require_weight_variance(key_in_layer(0, "weight_variance"), *first.weight_variance);
    const double variance = **first.weight_variance;
    if (options.input_weight_variance != 1 && options.input_weight_variance != variance)
      refuse_twice("weight_variance", variance, "input_weight_variance");
    options.input_weight_variance = variance;
    first.weight_variance.reset();
  }
  if (first.bias_variance) {
    require_bias_variance(key_in_layer(0, "bias_variance"), *first.bias_variance);
    if (options.input_bias_variance != 0 && options.input_bias_variance != *first.bias_variance)
      refuse_twice("bias_variance", *first.bias_variance, "input_bias_variance");
    options.input_bias_variance = *first.bias_variance;
    first.bias_variance.reset();
  }
}

/// Of Network::like_layer(i + 1).
Network::Options options_like(const Network::Options& options, std::size_t i) {
  Network::Options like = options;
  like.layers.clear();
  const auto& layer = options.layers[i];
  like.activation = layer.activation.value_or(options.activation);
  like.function = layer.function.value_or(options.function);
  like.active_fraction = layer.active_fraction.value_or(options.active_fraction);
  like.threshold = layer.threshold.value_or(options.threshold);
  like.sparseness = layer.sparseness.value_or(options.sparseness);
  like.is_signed = layer.is_signed.value_or(options.is_signed);
  const std::size_t next = i + 1 < options.layers.size() ? i + 1 : i;
  if (next == 0) return like;
  const auto& to = options.layers[next];
  like.weight_variance = to.weight_variance.value_or(options.weight_variance);
  like.bias_variance = to.bias_variance.value_or(options.bias_variance);
  return like;
}

/// What layers may differ in.
auto law_of(const Network::Options& o) {
  return std::tie(o.activation, o.function, o.active_fraction, o.threshold, o.sparseness,
                  o.is_signed, o.weight_variance, o.bias_variance);
}

/// A layer that leaves nothing to the network, of the network of layers like it and, from the
/// second on, that of layers like the one before.
Network::Layer with_all_it_reads(double width_factor, const Network::Options& like,
                                 const Network::Options* before) {
  Network::Layer layer{.width_factor = width_factor, .activation = like.activation};
  if (is_pointwise(like.activation)) layer.function = like.function;
  if (is_thresholded(like.activation)) {
    layer.active_fraction = like.active_fraction;
    layer.threshold = like.threshold;
  }
  if (like.activation == Activation::sparse_projection) {
    layer.sparseness = like.sparseness;
    layer.is_signed = like.is_signed;
  }
  if (before != nullptr) {
    layer.weight_variance = before->weight_variance;
    layer.bias_variance = before->bias_variance;
  }
  return layer;
}

/// The network of layers like the one at `i`, whose keys are named in what is refused; its
/// variances are those of the table after, if there is one.
std::shared_ptr<const Network> network_of_layer(const Network::Options& options, std::size_t i,
                                                std::size_t layers) {
  try {
    return std::make_shared<const Network>(options);
  } catch (const InputError& error) {
    constexpr std::string_view table = "network.";
    const std::string message = error.what();
    if (!message.starts_with(table)) throw;
    const std::string own = message.substr(table.size());
    const bool leads_on = own.starts_with("weight_variance") || own.starts_with("bias_variance");
    throw InputError(key_in_layer(leads_on && i + 1 < layers ? i + 1 : i, own));
  }
}

}  // namespace

Network::Network(const Options& options) : options_(options) {
  auto& o = options_;
  if (o.depth < 1 || o.depth > 1000) {
    throw InputError("network.depth", o.depth, "must lie in [1, 1000] (hidden layers)");
  }
  const auto has_law = [](const Layer& layer) { return layer.has_law(); };
  gives_layers_laws_ = std::any_of(o.layers.begin(), o.layers.end(), has_law);
  take_first_layer(o);
  if (is_thresholded(o.activation)) require_active_fraction(o.active_fraction);
  if (o.activation == Activation::sparse_projection && !(o.sparseness > 0 && o.sparseness < 1)) {
    throw InputError("network.sparseness", o.sparseness, "must lie in (0, 1)");
  }
  if (is_pointwise(o.activation)) nonlinearity_ = make_nonlinearity(o.function);
  require_weight_variance("network.weight_variance", o.weight_variance);
  require_bias_variance("network.bias_variance", o.bias_variance);
  if (!(o.input_weight_variance > 0 && std::isfinite(o.input_weight_variance))) {
    throw InputError("network.input_weight_variance", o.input_weight_variance,
                     "must be positive and finite");
  }
  require_bias_variance("network.input_bias_variance", o.input_bias_variance);
  if (!o.weight_variance && o.bias_variance >= 1) {
    throw InputError("network.bias_variance", o.bias_variance,
                     "must be below 1 when network.weight_variance is \"critical\", which keeps "
                     "the variance of h at 1");
  }
  if (!o.layers.empty() && static_cast<std::int64_t>(o.layers.size()) != o.depth) {
    throw InputError("network.layers", fmt::format("{} layers", o.layers.size()),
                     fmt::format("must hold one for each of {} hidden layers", o.depth));
  }
  for (std::size_t i = 0; i < o.layers.size(); ++i) require_variances_and_width(o.layers[i], i);
  if (o.presynaptic.is_local() && o.postsynaptic.is_local() &&
      o.presynaptic.sheet() != o.postsynaptic.sheet()) {
    throw InputError("network.postsynaptic.sheet", name_of(o.postsynaptic.sheet()),
                     "must equal network.presynaptic.sheet: both correlate the same neurons");
  }
  make_layers();
}

void Network::make_layers() {
  const auto& layers = options_.layers;
  const auto has_law = [](const Layer& layer) { return layer.has_law(); };
  if (std::none_of(layers.begin(), layers.end(), has_law)) return;
  std::vector<std::shared_ptr<const Network>> made;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Options wanted = options_like(options_, i);
    const auto same = std::find_if(made.begin(), made.end(), [&](const auto& network) {
      return law_of(network->options()) == law_of(wanted);
    });
    made.push_back(same != made.end() ? *same : network_of_layer(wanted, i, layers.size()));
  }
  const bool are_alike =
      std::all_of(made.begin(), made.end(), [&](const auto& one) { return one == made.front(); });
  if (!are_alike) {
    layers_ = std::move(made);
    for (std::size_t i = 0; i < layers.size(); ++i)
      options_.layers[i] = with_all_it_reads(layers[i].width_factor, layers_[i]->options(),
                                             i == 0 ? nullptr : &layers_[i - 1]->options());
    return;
  }
  // One way to say so: for all layers at once.
  const auto factors = layers;
  const auto one = made.front();
  options_ = one->options();
  nonlinearity_ = one->nonlinearity_;
  for (const auto& layer : factors) options_.layers.push_back({.width_factor = layer.width_factor});
  if (has_one_width()) options_.layers.clear();
}

const Network& Network::like_layer(std::int64_t layer) const {
  return is_uniform() ? *this : *layers_.at(static_cast<std::size_t>(layer - 1));
}

bool Network::Layer::has_law() const {
  return activation || function || active_fraction || threshold || sparseness || is_signed ||
         weight_variance || bias_variance;
}

std::string Network::activation_name() const {
  return name_of(ActivationChoice{options_.activation, options_.function.function});
}

bool Network::has_one_width() const {
  return std::all_of(options_.layers.begin(), options_.layers.end(),
                     [](const Layer& layer) { return layer.width_factor == 1; });
}

std::vector<std::int64_t> Network::widths(std::int64_t n) const {
  std::vector<std::int64_t> widths(static_cast<std::size_t>(depth()), n);
  for (std::size_t i = 0; i < options_.layers.size(); ++i) {
    const double neurons = options_.layers[i].width_factor * static_cast<double>(n);
    widths[i] = std::max<std::int64_t>(std::llround(neurons), 1);
  }
  return widths;
}

namespace {

/// Of a uniform network.
bool has_negative_values(const Network& network) {
  switch (network.activation()) {
    case Activation::thresholded_relu:
    case Activation::thresholded_step:
    case Activation::relu:
      return false;
    case Activation::sparse_projection:
      return network.is_signed();
    case Activation::pointwise:
    case Activation::thresholded_pointwise:
      return takes_negative_values(network.nonlinearity());
    case Activation::erf:
    case Activation::tanh:
    case Activation::linear:
      break;
  }
  return true;
}

template <class Test>
bool any_layer(const Network& network, const Test& test) {
  if (network.is_uniform()) return test(network);
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer)
    if (test(network.like_layer(layer))) return true;
  return false;
}

}  // namespace

bool has_jumps(const Network& network) {
  return any_layer(network, [](const Network& one) {
    if (is_pointwise(one.activation())) return one.nonlinearity().has_jumps();
    return one.activation() == Activation::thresholded_step;
  });
}

bool has_negative_activities(const Network& network) {
  return any_layer(network, has_negative_values);
}

}  // namespace wideproof::model
