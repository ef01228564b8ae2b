// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_cost.hpp>

#include <algorithm>

#include <wideproof/sim/ensembles/ensemble_estimate.hpp>
#include <wideproof/sim/ensembles/ensemble_products.hpp>
#include <wideproof/sim/ensembles/number_blocks.hpp>

namespace wideproof::sim {
namespace {

/// What products pack their factors into, as seen on two threads: for each byte, and at least.
constexpr double packing_share = 1.3;
constexpr double packing_bytes = 0x1p24;

double layer_work(const EnsembleShape& shape, std::int64_t layer) {
  const auto n = static_cast<double>(shape.width());
  const auto m = static_cast<double>(shape.columns());
  const auto inputs = static_cast<double>(shape.fan_in(layer));
  if (shape.is_collapsed(layer)) return 1.25 * n * m * m + m * m * m / 3;
  double work = n * inputs * m;
  if (shape.options().synapses.learns())
    work *= static_cast<double>(1 + shape.options().synapses.steps);
  if (shape.options().synapses.law == model::SynapseLaw::orthogonal) work += 4 * n * n * n / 3;
  return work;
}

}  // namespace

double ensemble_work(const EnsembleShape& shape) {
  const auto later = static_cast<double>(shape.options().law.network.depth() - 1);
  const double estimates = estimate_work(shape.width(), shape.samples());
  return layer_work(shape, 1) + later * layer_work(shape, 2) + (1 + later) * estimates +
         (shape.fan_in(0) > 1 ? layer_work(shape, 0) : 0);
}

double ensemble_memory(const EnsembleShape& shape, int threads) {
  const auto bytes_a_number = static_cast<std::int64_t>(at::elementSize(shape.dtype()));
  const auto number = static_cast<double>(bytes_a_number);
  const auto n = static_cast<double>(shape.width());
  const auto m = static_cast<double>(shape.columns());
  const auto widest =
      static_cast<double>(std::max({shape.fan_in(0), shape.fan_in(1), shape.width()}));
  const bool is_filtered = !shape.options().law.network.presynaptic().is_none();
  // x and h, of learning and of filters a turned copy too.
  const bool is_turned = shape.options().synapses.learns() || is_filtered;
  double bytes = number * m * (n + widest * (is_turned ? 2 : 1));
  if (is_filtered) bytes += 4 * 8 * n * m;
  if (shape.options().synapses.law == model::SynapseLaw::orthogonal)
    bytes += 2 * number * widest * widest;
  if (shape.is_collapsed(2) || shape.is_collapsed(1) || shape.is_collapsed(0))
    bytes += 6 * 8 * m * m;
  const bool doubles = shape.options().ensemble.is_data() && shape.dtype() == at::kFloat;
  if (doubles && (shape.is_collapsed(2) || shape.is_collapsed(1))) bytes += 8 * m * widest;
  const auto rows = static_cast<double>(
      rows_of_weights(shape.width(), static_cast<std::int64_t>(widest), shape.columns()));
  const bool learns = shape.options().synapses.learns();
  bytes += threads * number *
           (rows * (learns ? 3 * widest + 2 * m : widest) + 2.0 * layer_numbers_at_once);
  const auto& memory_of = shape.options().ensemble.is_data() ? whole_memory : estimate_memory;
  bytes += memory_of(shape.width(), shape.samples(), bytes_a_number);
  return packing_share * bytes + packing_bytes;
}

}  // namespace wideproof::sim
