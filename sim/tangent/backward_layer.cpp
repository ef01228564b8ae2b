// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/backward_layer.hpp>

#include <cstddef>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mul.h>

#include <wideproof/sim/layers/neuron_sums.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/sim/tangent/neuron_slopes.hpp>
#include <wideproof/sim/tangent/threshold_carriers.hpp>

namespace wideproof::sim {

BackwardLayer::Result BackwardLayer::operator()(const Incoming& incoming,
                                                const std::optional<NormalStream>& signs,
                                                bool passes_on) const {
  const std::int64_t inputs = incoming.rows.inputs;
  const GradientRows rows{inputs, incoming.rows.probes(), signs.has_value()};
  const GradientSumShape shape{rows, passes_on ? inputs : 0, passes_on};
  const bool filters = (incoming.is_filtered && !parts_.presynaptic.is_identity()) ||
                       !parts_.postsynaptic.is_identity();
  auto sums = filters || parts_.through_thresholds ? stored(incoming, signs, shape)
                                                   : fused(incoming, signs, shape);
  return {rows, std::move(sums.beside), std::move(sums.gram), std::move(sums.own)};
}

at::Tensor BackwardLayer::slopes(std::int64_t block) const {
  return neuron_slopes(parts_.activation.network(), trace_.preactivations.block(block),
                       trace_.thresholds);
}

void BackwardLayer::draw_signs(const NormalStream& signs, std::int64_t block,
                               at::Tensor out) const {
  draw_into(signs, blocks().first(block), out);
  out.sign_();
}

GradientSums BackwardLayer::fused(const Incoming& incoming,
                                  const std::optional<NormalStream>& signs,
                                  const GradientSumShape& shape) const {
  const auto& rows = shape.rows;
  const std::int64_t inputs = rows.inputs;
  return sum_over_neurons(
      blocks(), threads_, shape.none(), [&] { return GradientRun(shape, sums_); },
      [&](std::int64_t block, GradientRun& run) {
        const auto h = trace_.preactivations.block(block);
        const auto all = at::empty({shape.beside + rows.count(), h.size(1)}, h.options());
        if (shape.beside > 0) all.narrow(0, 0, inputs).copy_(h);
        const auto part = [&](std::int64_t first, std::int64_t count) {
          return all.narrow(0, shape.beside + first, count);
        };
        auto gradients = part(0, incoming.rows.count());
        incoming.draw(block, gradients);
        const auto of_block = slopes(block);
        for (std::int64_t probe = 0; probe < incoming.rows.full; ++probe) {
          part(rows.first(probe), inputs).mul_(of_block);
        }
        if (incoming.rows.has_own) {
          const auto first = incoming.rows.first(incoming.rows.full);
          const auto row = part(first, 1).clone();
          auto out = part(first, inputs);
          at::mul_out(out, of_block, row);
        }
        if (rows.has_own) draw_signs(*signs, block, part(rows.first(rows.full), 1));
        run.add(all);
      });
}

GradientSums BackwardLayer::stored(const Incoming& incoming,
                                   const std::optional<NormalStream>& signs,
                                   const GradientSumShape& shape) const {
  StoredGradients gradients(incoming.rows, pool_, threads_, incoming.draw);
  if (incoming.is_filtered && !parts_.presynaptic.is_identity()) {
    gradients.filter([&](const at::Tensor& row) { return parts_.presynaptic.convolve(row); });
  }
  gradients.activate([&](std::int64_t block) { return slopes(block); });
  if (parts_.through_thresholds) subtract_thresholds(gradients);
  if (signs) {
    gradients.add_row(
        [&](std::int64_t block, at::Tensor out) { draw_signs(*signs, block, std::move(out)); });
  }
  if (parts_.postsynaptic.is_identity()) return sums_of(gradients, shape);
  const bool of_field = parts_.trained == model::Trained::field;
  GradientSums sums = sums_of(gradients, {shape.rows, shape.beside, /*cross=*/false});
  if (!shape.cross && !of_field) return sums;
  gradients.filter([&](const at::Tensor& row) { return parts_.postsynaptic.correlate(row); });
  auto filtered = sums_of(gradients, {shape.rows, 0, shape.cross});
  sums.gram = std::move(filtered.gram);
  if (of_field) sums.own = std::move(filtered.own);
  return sums;
}

void BackwardLayer::subtract_thresholds(const StoredGradients& gradients) const {
  const ThresholdCarriers carriers(parts_.activation, trace_.preactivations, threads_);
  const auto sums = gradients.sums();
  for_each_block(blocks().count(), threads_, [&](std::int64_t block) {
    const auto h = trace_.preactivations.block(block);
    for (std::int64_t probe = 0; probe < gradients.rows().full; ++probe) {
      auto of_probe = gradients.block(probe, block);
      carriers.subtract(block, h, sums.col(probe), of_probe);
    }
  });
}

GradientSums BackwardLayer::sums_of(const StoredGradients& gradients,
                                    const GradientSumShape& shape) const {
  const std::int64_t rows = shape.rows.count();
  return sum_over_neurons(
      blocks(), threads_, shape.none(), [&] { return GradientRun(shape, sums_); },
      [&](std::int64_t block, GradientRun& run) {
        const auto h = trace_.preactivations.block(block);
        const auto all = at::empty({shape.beside + rows, h.size(1)}, h.options());
        if (shape.beside > 0) all.narrow(0, 0, shape.beside).copy_(h);
        gradients.read(block, all.narrow(0, shape.beside, rows));
        run.add(all);
      });
}

}  // namespace wideproof::sim
