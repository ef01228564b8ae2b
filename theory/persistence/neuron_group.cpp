// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/neuron_group.hpp>

#include <cstddef>

#include <wideproof/theory/kernels/autocorrelation.hpp>

namespace wideproof::theory {

std::optional<std::vector<NeuronGroup>> neuron_groups(const model::Network& network,
                                                      const model::Prediction& prediction,
                                                      std::int64_t width, std::int64_t outputs) {
  if (!Autocorrelation(network.postsynaptic()).is_delta()) return std::nullopt;
  const auto response = limit_response(network);
  const auto widths = network.widths(width);
  std::vector<NeuronGroup> groups;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l)
    groups.push_back({widths[l], response, prediction.layers[l].preactivation});
  if (outputs > 0) {
    NeuronGroup& linear = groups.emplace_back();
    linear.count = outputs;
    linear.kernel = prediction.layers.back().gram;
  }
  return groups;
}

}  // namespace wideproof::theory
