// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/neuron_response.hpp>

#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {

std::optional<NeuronResponse> neuron_response(const model::Network& network) {
  using model::Activation;
  switch (network.activation()) {
    case Activation::thresholded_relu:
      return NeuronResponse{.tau = tau_of(network.active_fraction()), .rule = network.threshold()};
    case Activation::relu:
      return NeuronResponse{};
    case Activation::linear:
      return NeuronResponse{.linear = true};
    default:
      return std::nullopt;
  }
}

}  // namespace wideproof::theory
