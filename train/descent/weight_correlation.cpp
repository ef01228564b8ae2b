// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/weight_correlation.hpp>

#include <vector>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/train/descent/block_split.hpp>

namespace wideproof::train {
namespace {

double degree_of(const at::Tensor& weights, WorkerTeam& team) {
  const BlockSplit split(weights.size(0), inputs_at_once);
  const auto blocks = static_cast<std::size_t>(split.count());
  std::vector<double> of_sums(blocks), of_weights(blocks);
  team.for_each(split.count(), [&](std::int64_t block) {
    const auto rows = weights.narrow(0, split.first(block), split.size(block)).to(at::kDouble);
    const auto i = static_cast<std::size_t>(block);
    of_sums[i] = rows.sum(-1).square_().sum().item<double>();
    of_weights[i] = rows.square().sum().item<double>();
  });
  double sums = 0;
  double squares = 0;
  for (std::size_t i = 0; i < blocks; ++i) {
    sums += of_sums[i];
    squares += of_weights[i];
  }
  return sums / squares - 1;
}

}  // namespace

Eigen::VectorXd degrees_of_correlation(const NetworkParameters& parameters,
                                       const model::Network& network,
                                       const model::TrainingOptions& options, WorkerTeam& team) {
  Eigen::VectorXd degrees(network.depth() - 1);
  for (Eigen::Index layer = 1; layer < network.depth(); ++layer) {
    auto weights = parameters[static_cast<std::size_t>(layer)].weights;
    if (options.trained == model::Trained::field) weights = shaped_weights(weights, network, team);
    degrees[layer - 1] = degree_of(weights, team);
  }
  return degrees;
}

}  // namespace wideproof::train
