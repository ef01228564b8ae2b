// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/collapsed_layer.hpp>

#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/sim/layers/layer_threshold.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Puts every input's row through `filter`.
template <class Filter>
void filter_rows(BlockedLayer& layer, int threads, const Filter& filter) {
  for_each_block(layer.blocks().inputs(), threads,
                 [&](std::int64_t input) { layer.set_row(input, filter(layer.row(input))); });
}

}  // namespace

LayerSummary CollapsedLayer::operator()(const GaussianLayer& source,
                                        const Eigen::VectorXd& variances, std::int64_t layer,
                                        double unit, bool is_last, LayerCompanion* companion,
                                        LayerTrace* trace) const {
  const auto n = static_cast<double>(blocks_.width());
  const bool filters_later = !is_last && !parts_.presynaptic.is_identity();
  // Without a threshold a layer is its own companion.
  std::optional<Companion> beside;
  if (companion != nullptr && parts_.activation.has_threshold()) {
    beside.emplace(Companion{CompanionThreshold(parts_.activation.tau(), variances), {}});
    if (filters_later) beside->stored = pool_.take();
  }
  Companion* const with = beside ? &*beside : nullptr;
  LayerSums sums;
  at::Tensor thresholds;
  Eigen::MatrixXd presynaptic_gram;
  if (parts_.activation.needs_whole_layer() || !parts_.postsynaptic.is_identity() ||
      filters_later) {
    BlockedLayer stored = pool_.take();
    std::optional<BlockedLayer> preactivations;
    if (show_ && parts_.activation.projects()) preactivations = pool_.take();
    BlockedLayer* const shown = preactivations ? &*preactivations : nullptr;
    thresholds = draw(source, variances, layer, unit, stored, shown);
    sums = sum_over_neurons(
        blocks_, threads_, LayerSums::none(blocks_.inputs(), beside.has_value()),
        [&] { return new_run(source, with); },
        [&](std::int64_t block, LayerRun& run) {
          auto h = stored.block(block);
          activate(block, thresholds, h, run, with, trace, shown);
        });
    if (preactivations) pool_.give_back(*std::move(preactivations));
    if (filters_later) presynaptic_gram = filter_presynaptic(sum_dtype(source), stored) / n;
    if (filters_later && trace != nullptr) {
      trace->presynaptic = std::move(stored);
    } else {
      pool_.give_back(std::move(stored));
    }
  } else {
    if (trace != nullptr && parts_.activation.has_threshold()) {
      // It depends on no neuron.
      thresholds =
          parts_.activation.threshold(at::empty({blocks_.inputs(), 1}, dtype_), layer, unit);
    }
    sums = fused(source, layer, unit, with, trace);
  }
  if (trace != nullptr) trace->thresholds = thresholds;
  LayerSummary summary;
  summary.layer = layer;
  summary.gram = sums.own.products / n;
  if (!is_last) summary.presynaptic_gram = filters_later ? presynaptic_gram : summary.gram;
  summary.active_fraction =
      static_cast<double>(sums.own.active) / (n * static_cast<double>(blocks_.inputs()));
  summary.mean_magnitude = sums.own.magnitudes / n;
  summary.silent_share = static_cast<double>(sums.own.silent) / n;
  summary.unit_hoyer = sums.own.unit_hoyer / (n - static_cast<double>(sums.own.silent));
  if (counts_.classes) summary.selectivity = sums.own.selectivity.numbers();
  if (companion == nullptr) return summary;
  *companion = {summary.gram, summary.presynaptic_gram, {}, {}};
  if (!beside) return summary;
  companion->gram = sums.companion.products / n;
  if (!is_last) companion->presynaptic_gram = companion->gram;
  if (beside->stored) {
    companion->presynaptic_gram = filter_presynaptic(sum_dtype(source), *beside->stored) / n;
    pool_.give_back(*std::move(beside->stored));
  }
  companion->active_fraction = sums.above / n;
  if (thresholds.defined()) companion->thresholds = to_array(thresholds);
  return summary;
}

at::ScalarType CollapsedLayer::sum_dtype(const GaussianLayer& source) const {
  return source.is_nearly_singular() ? at::kDouble : sums_;
}

LayerRun CollapsedLayer::new_run(const GaussianLayer& source, const Companion* companion) const {
  return {counts_, sum_dtype(source), companion != nullptr};
}

LayerSums CollapsedLayer::fused(const GaussianLayer& source, std::int64_t layer, double unit,
                                Companion* companion, LayerTrace* trace) const {
  return sum_over_neurons(
      blocks_, threads_, LayerSums::none(blocks_.inputs(), companion != nullptr),
      [&] { return new_run(source, companion); },
      [&](std::int64_t block, LayerRun& sums) {
        auto h = at::empty({blocks_.inputs(), blocks_.size(block)}, dtype_);
        source.draw(block, h);
        const auto& activation = parts_.activation;
        activate(block,
                 activation.has_threshold() ? activation.threshold(h, layer, unit) : at::Tensor(),
                 h, sums, companion, trace);
      });
}

void CollapsedLayer::activate(std::int64_t block, const at::Tensor& thresholds, at::Tensor& h,
                              LayerRun& sums, Companion* companion, LayerTrace* trace,
                              const BlockedLayer* preactivations) const {
  if (trace != nullptr) trace->preactivations.block(block).copy_(h);
  if (companion != nullptr) {
    auto z = companion->stored ? companion->stored->block(block).copy_(h) : h.clone();
    const auto above = companion->threshold.apply_in_place(z);
    sums.add_companion(z, above);
  }
  const auto before = preactivations != nullptr ? preactivations->block(block)
                      : show_                   ? h.clone()
                                                : at::Tensor();
  const std::int64_t active = parts_.activation.apply_in_place(h, thresholds);
  if (show_) show_(block, before, h);
  sums.add(h, active);
}

at::Tensor CollapsedLayer::draw(const GaussianLayer& source, const Eigen::VectorXd& variances,
                                std::int64_t layer, double unit, BlockedLayer& stored,
                                BlockedLayer* preactivations) const {
  const auto draw_block = [&](std::int64_t block) {
    auto h = stored.block(block);
    source.draw(block, h);
    return h;
  };
  const bool filtered = !parts_.postsynaptic.is_identity();
  const bool projects = parts_.activation.projects();
  const bool whole = parts_.activation.needs_whole_layer() && !projects;
  if (filtered || !whole) for_each_block(blocks_.count(), threads_, draw_block);
  if (filtered) {
    filter_rows(stored, threads_,
                [&](const auto& row) { return parts_.postsynaptic.convolve(row); });
  }
  if (preactivations != nullptr) {
    for_each_block(blocks_.count(), threads_, [&](std::int64_t block) {
      preactivations->block(block).copy_(stored.block(block));
    });
  }
  if (projects) {
    filter_rows(stored, threads_, [&](at::Tensor row) {
      parts_.activation.project(row);
      return row;
    });
  }
  if (!parts_.activation.has_threshold()) return {};
  if (!whole) return parts_.activation.threshold(stored.block(0), layer, unit);
  const LayerThreshold threshold(parts_.activation, variances, blocks_.width(),
                                 parts_.threshold_spread);
  auto statistics = threshold.none();
  const auto statistics_of_block = [&](std::int64_t block) {
    return threshold.of(filtered ? stored.block(block) : draw_block(block));
  };
  add_blocks(blocks_.count(), threads_, statistics_of_block, statistics);
  return threshold(std::move(statistics), stored);
}

Eigen::MatrixXd CollapsedLayer::filter_presynaptic(at::ScalarType sum_dtype,
                                                   BlockedLayer& stored) const {
  filter_rows(stored, threads_, [&](const auto& row) { return parts_.presynaptic.correlate(row); });
  return sum_over_neurons(
             blocks_, threads_, NeuronSums::none(blocks_.inputs()),
             [&] { return RunSums(blocks_.inputs(), sum_dtype); },
             [&](std::int64_t block, RunSums& sums) { sums.add(stored.block(block), 0); })
      .products;
}

}  // namespace wideproof::sim
