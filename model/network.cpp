// SPDX-License-Identifier: MIT
#include <wideproof/model/network.hpp>

#include <cmath>

#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

Network::Network(const Options& options) : options_(options) {
  const auto& o = options_;
  if (o.depth < 1 || o.depth > 1000) {
    throw InputError("network.depth", o.depth, "must lie in [1, 1000] (hidden layers)");
  }
  if (is_thresholded(o.activation)) require_active_fraction(o.active_fraction);
  if (o.weight_variance && !(*o.weight_variance > 0 && std::isfinite(*o.weight_variance))) {
    throw InputError("network.weight_variance", *o.weight_variance,
                     "must be positive and finite, or \"critical\"");
  }
  if (!(o.bias_variance >= 0 && std::isfinite(o.bias_variance))) {
    throw InputError("network.bias_variance", o.bias_variance, "must be finite and at least 0");
  }
  if (!o.weight_variance && o.bias_variance >= 1) {
    throw InputError("network.bias_variance", o.bias_variance,
                     "must be below 1 when network.weight_variance is \"critical\", which keeps "
                     "the variance of h at 1");
  }
  if (o.presynaptic.is_local() && o.postsynaptic.is_local() &&
      o.presynaptic.sheet() != o.postsynaptic.sheet()) {
    throw InputError("network.postsynaptic.sheet", name_of(o.postsynaptic.sheet()),
                     "must equal network.presynaptic.sheet: both correlate the same neurons");
  }
}

bool has_negative_activities(const Network& network) {
  switch (network.activation()) {
    case Activation::thresholded_relu:
    case Activation::thresholded_step:
    case Activation::relu:
      return false;
    case Activation::erf:
    case Activation::tanh:
    case Activation::linear:
      break;
  }
  return true;
}

}  // namespace wideproof::model
