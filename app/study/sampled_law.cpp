// SPDX-License-Identifier: MIT
#include <wideproof/app/study/sampled_law.hpp>

namespace wideproof::app {

sim::SampledLaw sampled_law(const model::Network& network, const model::Prediction& theory) {
  sim::SampledLaw law{.network = network, .weight_variance = theory.weight_variance};
  law.layer_weight_variances = theory.layer_weight_variances;
  // Inputs have unit norm, so h has one variance for all of them.
  for (const auto& layer : theory.layers)
    law.preactivation_variance.push_back(layer.preactivation(0, 0));
  return law;
}

}  // namespace wideproof::app
