// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/deep_layer.hpp>

#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/train/wide/neuron_products.hpp>

namespace wideproof::train {

DeepLayer::DeepLayer(const WideLayerLaw& law, const sim::NetworkId& id, std::int64_t layer,
                     const sim::NeuronBlocks& blocks)
    : law_(law),
      scale_(std::sqrt(law.law.hidden.weight_variance / static_cast<double>(blocks.width()))),
      field_(id, layer, blocks),
      past_gradients_(blocks),
      past_activations_(blocks) {
  const double variance = law_.law.hidden.network.bias_variance();
  if (variance == 0) return;
  const sim::NormalStream stream(stream_name(id, sim::Purpose::biases, layer));
  const auto field = sim::normal_tensor(stream, 0, 1, blocks.width(), at::kDouble).squeeze(0);
  bias_ = law_.parts.postsynaptic.convolve(field) * std::sqrt(variance);
}

Eigen::MatrixXd DeepLayer::forward(const sim::BlockedLayer& z, sim::BlockedLayer& h, int threads) {
  auto seen = rows_of(z, 0, z.blocks().inputs());
  filter_rows(law_.parts.presynaptic, Lateral::correlate, seen, threads);
  auto right = field_.see(SeenField::Side::right, seen, threads);
  field_.multiply(SeenField::Side::right, right, scale_, h, threads);
  filter_rows(law_.parts.postsynaptic, Lateral::convolve, h, threads);
  add_history(past_activations_, past_gradients_, z, h, threads);
  if (has_bias()) {
    sim::for_each_block(h.blocks().count(), threads, [&](std::int64_t block) {
      h.block(block).add_(bias_.narrow(0, h.blocks().first(block), h.blocks().size(block)));
    });
  }
  return right;
}

Eigen::MatrixXd DeepLayer::backward(const sim::BlockedLayer& gradients, sim::BlockedLayer& below,
                                    int threads) {
  auto seen = rows_of(gradients, 0, gradients.blocks().inputs());
  filter_rows(law_.parts.postsynaptic, Lateral::correlate, seen, threads);
  auto left = field_.see(SeenField::Side::left, seen, threads);
  field_.multiply(SeenField::Side::left, left, scale_, below, threads);
  filter_rows(law_.parts.presynaptic, Lateral::convolve, below, threads);
  add_history(past_gradients_, past_activations_, gradients, below, threads);
  return left;
}

void DeepLayer::add_history(const GrowingRows& from, const GrowingRows& to,
                            const sim::BlockedLayer& rows, sim::BlockedLayer& out,
                            int threads) const {
  if (from.rows() == 0) return;
  const auto products = sum_of_products(rows.blocks(), from.rows(), rows.blocks().inputs(), threads,
                                        [&](std::int64_t block, at::Tensor& sums) {
                                          from.add_products(block, rows.block(block), sums);
                                        });
  const Eigen::MatrixXd steps = -law_.learning_rate * scale_ * scale_ * products;
  sim::for_each_block(rows.blocks().count(), threads, [&](std::int64_t block) {
    auto of_block = out.block(block);
    to.add_combination(block, transposed_view(steps), of_block);
  });
}

void DeepLayer::learn(const Step& step, const Eigen::VectorXd& weights, int threads) {
  if (keeps_history()) {
    const std::int64_t first = past_gradients_.rows();
    const std::int64_t inputs = weights.size();
    past_gradients_.grow(inputs);
    past_activations_.grow(inputs);
    const auto factors = sim::to_tensor(weights, at::kDouble);
    sim::for_each_block(step.z.blocks().count(), threads, [&](std::int64_t block) {
      past_gradients_.write(block, first, step.gradients.block(block) * factors);
      past_activations_.write(block, first, step.z.block(block));
    });
  } else {
    field_.learn(-law_.learning_rate * scale_ * step.left * weights.asDiagonal(), step.right);
  }
  if (has_bias()) move_bias(step.gradients, weights, threads);
}

void DeepLayer::move_bias(const sim::BlockedLayer& gradients, const Eigen::VectorXd& weights,
                          int threads) {
  const auto& blocks = gradients.blocks();
  auto move = at::zeros({blocks.width()}, at::kDouble);
  const Eigen::MatrixXd factors =
      -law_.learning_rate * law_.law.hidden.network.bias_variance() * weights;
  sim::for_each_block(blocks.count(), threads, [&](std::int64_t block) {
    move.narrow(0, blocks.first(block), blocks.size(block))
        .copy_(at::mm(transposed_view(factors), gradients.block(block))[0]);
  });
  const auto& filter = law_.parts.postsynaptic;
  bias_.add_(law_.trains_field() ? filter.convolve(filter.correlate(move)) : move);
}

Eigen::MatrixXd DeepLayer::tangent(const Step& step, int threads) const {
  const auto& hidden = law_.law.hidden;
  const bool by_coefficients = !keeps_history();
  const Eigen::MatrixXd of_z = by_coefficients
                                   ? Eigen::MatrixXd(step.right.transpose() * step.right)
                                   : products_of(step.z, step.z, threads);
  const Eigen::MatrixXd of_gradients = by_coefficients
                                           ? Eigen::MatrixXd(step.left.transpose() * step.left)
                                           : products_of(step.gradients, step.gradients, threads);
  return ((scale_ * scale_ * of_z).array() + hidden.network.bias_variance()) * of_gradients.array();
}

}  // namespace wideproof::train
