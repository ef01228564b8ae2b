// SPDX-License-Identifier: MIT
#include <wideproof/compare/tangent/predicted_stack.hpp>

#include <cstddef>
#include <utility>

namespace wideproof::compare {

std::vector<PredictedLayer> predicted_stack(const model::TangentPrediction& prediction,
                                            const model::TangentStack& stack) {
  std::vector<PredictedLayer> layers = predicted_layers(prediction.network);
  describe_pairs(prediction.network, layers);
  std::vector<Eigen::MatrixXd> tangents;
  if (stack.has_hidden()) tangents = prediction.tangents;
  tangents.push_back(prediction.output_tangent);
  std::vector<PredictedLayer> of_tangents = predicted_layers(tangents);
  // By layer, the output's last: of the output alone where it is alone.
  const std::size_t first = prediction.tangents.size() + 1 - tangents.size();
  for (std::size_t i = 0; i < of_tangents.size(); ++i) {
    if (!prediction.variances.empty())
      of_tangents[i].gram_variance = prediction.variances[first + i];
    if (!prediction.biases.empty()) of_tangents[i].gram_bias = prediction.biases[first + i];
    layers.push_back(std::move(of_tangents[i]));
  }
  return layers;
}

}  // namespace wideproof::compare
