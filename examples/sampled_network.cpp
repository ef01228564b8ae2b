// SPDX-License-Identifier: MIT
// One network of finite width as a LibTorch module, beside its infinite limit.
#include <fmt/format.h>
#include <torch/types.h>

#include <wideproof/model.hpp>
#include <wideproof/sim.hpp>
#include <wideproof/theory.hpp>

using namespace wideproof;

int main() {
  const model::Network network(
      {.depth = 3, .active_fraction = 0.1, .presynaptic = model::LateralFilter::box(13)});
  const model::Inputs inputs = model::circle_inputs(8);
  const model::Prediction prediction = theory::predict(network, inputs.deficits());

  // Equal seeds give equal networks. The weight variance is the one that keeps the norm.
  sim::SparseCorrelatedNetwork net(
      sim::SparseCorrelatedNetworkOptions(inputs.dimension(), 2000)
          .law({.network = network, .weight_variance = prediction.weight_variance})
          .seed(7));

  Eigen::MatrixXd vectors = inputs.vectors().transpose();  // column by column is row by row there
  const auto x =
      torch::from_blob(vectors.data(), {inputs.count(), inputs.dimension()}, torch::kFloat64)
          .to(torch::kFloat32);
  const sim::LayerOutputs outputs = net->forward(x);
  for (std::size_t l = 0; l < outputs.activations.size(); ++l) {
    const torch::Tensor z = outputs.activations[l];  // inputs × neurons
    const double active = (z > 0).to(torch::kFloat32).mean().item<double>();
    const double correlation = torch::cosine_similarity(z[0], z[1], 0).item<double>();
    fmt::print("layer {}: {:.1f}% active, correlation of neighbours {:.3f}, in the limit {:.3f}\n",
               l + 1, 100 * active, correlation, prediction.layers[l].correlation(0, 1));
  }

  // Autograd goes through thresholds and activations.
  outputs.activations.back().square().sum().backward();
  const bool has_gradient = net->weights.front().grad().abs().sum().item<double>() > 0;
  fmt::print("the first layer's weights have {} gradient\n", has_gradient ? "a" : "no");
}
