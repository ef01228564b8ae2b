// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/threshold_carriers.hpp>

#include <cmath>
#include <cstddef>
#include <tuple>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {

ThresholdCarriers::ThresholdCarriers(const LayerActivation& activation, const BlockedLayer& layer,
                                     int threads)
    : blocks_(layer.blocks()) {
  if (activation.rule() == model::ThresholdRule::std) {
    Eigen::ArrayXd squares = Eigen::ArrayXd::Zero(blocks_.inputs());
    add_blocks(
        blocks_.count(), threads,
        [&](std::int64_t block) -> Eigen::ArrayXd {
          return to_array(layer.block(block).to(at::kDouble).square().sum(-1));
        },
        squares);
    const auto n = static_cast<double>(blocks_.width());
    slopes_ = squares.unaryExpr(
        [&](double sum) { return sum > 0 ? activation.tau() / (n * std::sqrt(sum / n)) : 0.0; });
    return;
  }
  const auto position = activation.quantile_position(blocks_.width());
  carriers_.resize(static_cast<std::size_t>(blocks_.inputs()));
  for_each_block(blocks_.inputs(), threads, [&](std::int64_t input) {
    const auto row = layer.row(input);
    const auto neuron = [&](std::int64_t rank) {
      return std::get<1>(row.kthvalue(rank + 1)).item<std::int64_t>();
    };
    auto& [low, high] = carriers_[static_cast<std::size_t>(input)];
    low = {neuron(position.rank), 1 - position.weight};
    if (position.weight > 0) high = {neuron(position.rank + 1), position.weight};
  });
}

void ThresholdCarriers::subtract(std::int64_t block, const at::Tensor& h,
                                 const Eigen::ArrayXd& sums, at::Tensor& gradients) const {
  if (carriers_.empty()) {
    const Eigen::MatrixXd weights = (slopes_ * sums).matrix();
    gradients.sub_(h * to_tensor(weights, h.scalar_type()));
    return;
  }
  for (Eigen::Index input = 0; input < sums.size(); ++input) {
    for (const auto& carrier : carriers_[static_cast<std::size_t>(input)]) {
      const std::int64_t neuron = carrier.neuron - blocks_.first(block);
      if (neuron < 0 || neuron >= gradients.size(1)) continue;
      gradients[input][neuron].sub_(carrier.weight * sums(input));
    }
  }
}

}  // namespace wideproof::sim
