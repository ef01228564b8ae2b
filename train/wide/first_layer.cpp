// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/first_layer.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/layers/gaussian_layer.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/train/wide/neuron_products.hpp>

namespace wideproof::train {

FirstLayer::FirstLayer(const WideLayerLaw& law, const sim::NetworkId& id,
                       const Eigen::MatrixXd& cosines, const sim::InputOrder& order,
                       const sim::NeuronBlocks& blocks, int threads)
    : law_(law), cosines_(cosines), h_(blocks.with_inputs(cosines.rows()), at::kDouble) {
  const sim::GaussianLayer layer(id, 1, cosines, order, h_.blocks(), at::kDouble);
  sim::for_each_block(blocks.count(), threads, [&](std::int64_t block) {
    auto h = h_.block(block);
    layer.draw(block, h);
  });
  filter_rows(law_.parts.postsynaptic, Lateral::convolve, h_, threads);
}

void FirstLayer::learn(const sim::BlockedLayer& gradients, const Eigen::VectorXd& weights,
                       int threads) {
  const auto& filter = law_.parts.postsynaptic;
  const std::int64_t inputs = gradients.blocks().inputs();
  const bool filters = law_.trains_field() && !filter.is_identity();
  auto moves = filters ? rows_of(gradients, 0, inputs) : gradients;
  if (filters) {
    filter_rows(filter, Lateral::correlate, moves, threads);
    filter_rows(filter, Lateral::convolve, moves, threads);
  }
  // Column x of it is what the inputs give to h(x).
  const Eigen::MatrixXd steps =
      -law_.learning_rate * (weights.asDiagonal() * cosines_.topRows(inputs));
  sim::for_each_block(gradients.blocks().count(), threads, [&](std::int64_t block) {
    h_.block(block).addmm_(transposed_view(steps), moves.block(block));
  });
}

}  // namespace wideproof::train
