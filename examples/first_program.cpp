// SPDX-License-Identifier: MIT
// A first program: what infinitely wide networks make of two inputs, layer by layer, and what is
// said of an active fraction that there cannot be.
#include <cstddef>

#include <fmt/format.h>

#include <wideproof/model.hpp>
#include <wideproof/theory.hpp>

using namespace wideproof;

int main() {
  const Eigen::Matrix2d cosines{{1.0, 0.5}, {0.5, 1.0}};
  for (const double active_fraction : {0.1, 1.3}) {
    try {
      const model::Network network({.depth = 2, .active_fraction = active_fraction});
      const model::Prediction prediction = theory::predict(network, cosines);
      for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
        const model::LayerPrediction& layer = prediction.layers[l];
        fmt::print("layer {}: variance of h {:.3f}, gram {:.3f}, correlation {:.3f}, active {}\n",
                   l + 1, layer.preactivation(0, 0), layer.gram(0, 1), layer.correlation(0, 1),
                   layer.active_fraction);
      }
    } catch (const model::InputError& error) {
      fmt::print("refused: {}\n", error.what());
    }
  }
}
