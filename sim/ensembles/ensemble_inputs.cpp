// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_inputs.hpp>

#include <algorithm>

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/sim/ensembles/ensemble_products.hpp>
#include <wideproof/sim/ensembles/number_blocks.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {

at::Tensor draw_inputs(const EnsembleShape& shape, const NetworkId& id, TensorPool& pool,
                       int threads) {
  const NormalStream samples(stream_name(id, Purpose::samples, 0));
  const auto layer = shape.synapse_layer(0);
  const bool is_white = shape.options().ensemble.source == model::InputEnsemble::Source::white;
  const std::int64_t rows = is_white ? shape.width() : layer.inputs;
  auto x = rows == shape.width() ? pool.take() : at::empty({rows, shape.columns()}, shape.dtype());
  const auto at_once = std::max<std::int64_t>(layer_numbers_at_once / shape.columns(), 1);
  in_blocks(rows, at_once, threads, [&](std::int64_t first, std::int64_t count) {
    draw_into(samples, first * shape.columns(), x.narrow(0, first, count));
  });
  if (is_white) return x;
  // x = F y/√p: a layer of independent Gaussian synapses.
  const model::Synapses independent;
  auto mixed = pool.take();
  if (shape.is_collapsed(0)) {
    collapsed_product(independent, id, layer, x, shape.dtype(), threads, mixed);
  } else {
    const SynapseWeights factors(independent, id, layer, shape.dtype(), threads);
    const auto some = [&](auto first, auto count) { return factors.rows(first, count); };
    direct_product(x, threads, some, mixed);
  }
  if (rows == shape.width()) pool.give_back(x);
  return mixed;
}

}  // namespace wideproof::sim
