// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/wide_layer_law.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>

namespace wideproof::train {

void filter_rows(const sim::LateralConvolver& filter, Lateral by, sim::BlockedLayer& layer,
                 int threads) {
  if (filter.is_identity()) return;
  sim::for_each_block(layer.blocks().inputs(), threads, [&](std::int64_t input) {
    const auto row = layer.row(input);
    layer.set_row(input, by == Lateral::convolve ? filter.convolve(row) : filter.correlate(row));
  });
}

sim::BlockedLayer rows_of(const sim::BlockedLayer& layer, std::int64_t first, std::int64_t count) {
  sim::BlockedLayer rows(layer.blocks().with_inputs(count), at::kDouble);
  for (std::int64_t block = 0; block < layer.blocks().count(); ++block) {
    rows.block(block).copy_(layer.block(block).narrow(0, first, count));
  }
  return rows;
}

at::Tensor thresholds_of(const sim::LayerActivation& activation, const sim::BlockedLayer& h,
                         std::int64_t layer, int threads) {
  if (!activation.has_threshold()) return {};
  if (!activation.needs_whole_layer()) return activation.threshold(h.block(0), layer);
  auto thresholds = at::empty({h.blocks().inputs(), 1}, at::kDouble);
  sim::for_each_block(h.blocks().inputs(), threads, [&](std::int64_t input) {
    thresholds[input].copy_(activation.threshold(h.row(input).unsqueeze(0), layer)[0]);
  });
  return thresholds;
}

}  // namespace wideproof::train
