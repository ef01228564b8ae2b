// SPDX-License-Identifier: MIT
#include <wideproof/model/network.hpp>

#include <algorithm>
#include <cmath>

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

}  // namespace

Network::Network(const Options& options) : options_(options) {
  const auto& o = options_;
  if (o.depth < 1 || o.depth > 1000) {
    throw InputError("network.depth", o.depth, "must lie in [1, 1000] (hidden layers)");
  }
  if (is_thresholded(o.activation)) require_active_fraction(o.active_fraction);
  if (o.activation == Activation::sparse_projection && !(o.sparseness > 0 && o.sparseness < 1)) {
    throw InputError("network.sparseness", o.sparseness, "must lie in (0, 1)");
  }
  if (is_pointwise(o.activation)) nonlinearity_ = make_nonlinearity(o.function);
  if (o.weight_variance && !(*o.weight_variance > 0 && std::isfinite(*o.weight_variance))) {
    throw InputError("network.weight_variance", *o.weight_variance,
                     "must be positive and finite, or \"critical\"");
  }
  if (!(o.bias_variance >= 0 && std::isfinite(o.bias_variance))) {
    throw InputError("network.bias_variance", o.bias_variance, "must be finite and at least 0");
  }
  if (!(o.input_weight_variance > 0 && std::isfinite(o.input_weight_variance))) {
    throw InputError("network.input_weight_variance", o.input_weight_variance,
                     "must be positive and finite");
  }
  if (!(o.input_bias_variance >= 0 && std::isfinite(o.input_bias_variance))) {
    throw InputError("network.input_bias_variance", o.input_bias_variance,
                     "must be finite and at least 0");
  }
  if (!o.weight_variance && o.bias_variance >= 1) {
    throw InputError("network.bias_variance", o.bias_variance,
                     "must be below 1 when network.weight_variance is \"critical\", which keeps "
                     "the variance of h at 1");
  }
  if (!o.layers.empty() && static_cast<std::int64_t>(o.layers.size()) != o.depth) {
    throw InputError("network.layers", fmt::format("{} layers", o.layers.size()),
                     fmt::format("must hold one for each of {} hidden layers", o.depth));
  }
  for (std::size_t i = 0; i < o.layers.size(); ++i) {
    const double factor = o.layers[i].width_factor;
    if (!(factor >= 1e-3 && factor <= 1e3)) {
      throw InputError(fmt::format("network.layers[{}].width_factor", i), factor,
                       "must lie in [0.001, 1000]");
    }
  }
  if (o.presynaptic.is_local() && o.postsynaptic.is_local() &&
      o.presynaptic.sheet() != o.postsynaptic.sheet()) {
    throw InputError("network.postsynaptic.sheet", name_of(o.postsynaptic.sheet()),
                     "must equal network.presynaptic.sheet: both correlate the same neurons");
  }
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

bool has_jumps(const Network& network) {
  if (is_pointwise(network.activation())) return network.nonlinearity().has_jumps();
  return network.activation() == Activation::thresholded_step;
}

bool has_negative_activities(const Network& network) {
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

}  // namespace wideproof::model
