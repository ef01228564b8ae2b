// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/collapsed_sampler.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// A layer of 16 MiB: fewer numbers pass through the caches of one core while others work on
/// replicates of their own.
constexpr std::int64_t large_layer = std::int64_t{1} << 22;

/// By how much correlation can widen the law of a layer's mean: Σ_δ A(δ) is at most the number of
/// taps, and 1 + m for uniform correlation.
double spread_of(const model::LateralFilter& postsynaptic) {
  if (postsynaptic.kind() == model::LateralFilter::Kind::uniform) {
    return std::sqrt(1 + std::max(postsynaptic.options().degree, 0.0));
  }
  return std::sqrt(static_cast<double>(postsynaptic.taps().size()));
}

}  // namespace

CollapsedSampler::CollapsedSampler(SampledLaw law, std::int64_t width, Eigen::MatrixXd cosines,
                                   at::ScalarType dtype,
                                   std::shared_ptr<const GaussianPairTable> pair_means,
                                   const InputCounts& counts)
    : law_(std::move(law)),
      width_(width),
      cosines_(std::move(cosines)),
      by_pivots_(cosines_, InputOrder::By::pivots),
      by_distances_(cosines_, InputOrder::By::distances),
      dtype_(dtype) {
  make_stages(width, counts.of_inputs(inputs()));
  if (pair_means != nullptr) {
    const auto& parts = stage(1).parts;
    variates_.emplace(law_, std::move(pair_means), parts.presynaptic, parts.postsynaptic, width);
  }
  const double most = static_cast<double>(dtype == at::kFloat ? NormalStream::float_normals
                                                              : NormalStream::double_normals);
  for (const auto& made : stages_) {
    if (static_cast<double>(made->blocks.width()) * static_cast<double>(inputs()) <= most) continue;
    throw model::InputError("simulation.widths", width,
                            fmt::format("with {} inputs a layer needs more than the {:.3g} normals "
                                        "that a random stream holds",
                                        inputs(), most));
  }
}

void CollapsedSampler::make_stages(std::int64_t width, const InputCounts& counts) {
  const auto& network = law_.network;
  const auto widths = network.widths(width);
  std::map<std::int64_t, std::shared_ptr<LayerPool>> pools;
  std::map<std::pair<std::int64_t, const model::Network*>, std::shared_ptr<const Stage>> made;
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const std::int64_t neurons = widths[static_cast<std::size_t>(layer - 1)];
    auto& stage = made[{neurons, &network.like_layer(layer)}];
    if (stage == nullptr) {
      const NeuronBlocks blocks(inputs(), neurons);
      auto& pool = pools[neurons];
      if (pool == nullptr) pool = std::make_shared<LayerPool>(blocks, dtype_);
      const auto& like = network.like_layer(layer);
      stage = std::make_shared<Stage>(Stage{blocks,
                                            {LayerActivation(law_.like_layer(layer)),
                                             LateralConvolver(network.presynaptic(), neurons),
                                             LateralConvolver(network.postsynaptic(), neurons),
                                             spread_of(network.postsynaptic()), counts},
                                            pool,
                                            model::has_negative_activities(like)});
    }
    stages_.push_back(stage);
  }
}

void CollapsedSampler::pass(std::uint64_t seed, std::int64_t replicate, int threads,
                            const Visitor& visit, const BlockVisitor& show,
                            at::ScalarType last_sums, std::vector<LayerTrace>* traces) const {
  const NetworkId id{seed, width_, replicate};
  const std::int64_t depth = law_.network.depth();
  LayerUnit unit(law_.network.like_layer(1).activation());
  CollapsedLayer::BlockVisitor show_layer;
  if (show) {
    show_layer = [&](std::int64_t block, const at::Tensor& h, const at::Tensor& z) {
      show(block, unit, h, z);
    };
  }
  auto counts = stage(1).parts.counts.of(id, false);
  Eigen::MatrixXd kernel = cosines_;
  LayerCompanion companion;
  std::optional<NetworkControls> controls;
  if (variates_) controls.emplace(*variates_);
  const auto* order = &by_pivots_;
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    const Stage& here = stage(layer);
    const GaussianLayer source(id, layer, kernel, *order, here.blocks, dtype_);
    if (counts.classes) counts.classes->is_signed = here.is_signed;
    const CollapsedLayer sample_layer(here.parts, counts, *here.pool, here.blocks, dtype_,
                                      layer == depth ? last_sums : dtype_, threads, show_layer);
    const double of_h = unit.of_preactivations();
    LayerTrace* trace = nullptr;
    if (traces != nullptr) {
      trace = &traces->emplace_back(LayerTrace{here.pool->take(), {}, {}, kernel, of_h});
    }
    auto summary = sample_layer(source, kernel.diagonal(), layer, of_h, layer == depth,
                                controls ? &companion : nullptr, trace);
    // In the square of what activations are counted in.
    Eigen::MatrixXd next = (law_.weight_variance_from(layer) * summary.presynaptic_gram).array() +
                           law_.network.like_layer(layer).bias_variance() / unit.of_gram();
    summary.gram *= unit.of_gram();
    summary.presynaptic_gram *= unit.of_gram();
    summary.mean_magnitude *= unit.of_activations();
    if (controls) {
      companion.gram *= unit.of_gram();
      companion.presynaptic_gram *= unit.of_gram();
      companion.thresholds *= of_h;
      controls->add_to(summary, of_h * of_h * kernel, companion);
    }
    visit(summary);
    if (layer == depth) return;
    const double change =
        unit.renew(next.diagonal().maxCoeff(), law_.network.like_layer(layer + 1).activation());
    kernel = next / (change * change);
    const bool is_linear = here.parts.activation.activation() == model::Activation::linear;
    order = is_linear ? &by_pivots_ : &by_distances_;
  }
}

void CollapsedSampler::sample(std::uint64_t seed, std::int64_t replicate, int threads,
                              const Visitor& visit) const {
  pass(seed, replicate, threads, visit, {}, dtype_, nullptr);
}

std::vector<LayerTrace> CollapsedSampler::trace(std::uint64_t seed, std::int64_t replicate,
                                                int threads, const Visitor& visit) const {
  std::vector<LayerTrace> traces;
  pass(seed, replicate, threads, visit, {}, dtype_, &traces);
  return traces;
}

Eigen::MatrixXd CollapsedSampler::last_gram(std::uint64_t seed, std::int64_t replicate, int threads,
                                            Eigen::MatrixXd* active) const {
  Eigen::MatrixXd gram;
  const auto keep = [&](const LayerSummary& summary) { gram = summary.gram; };
  if (active == nullptr) {
    pass(seed, replicate, threads, keep, {}, at::kDouble, nullptr);
    return gram;
  }
  active->resize(law_.network.depth(), inputs());
  Eigen::ArrayXd count = Eigen::ArrayXd::Zero(inputs());  // of the layer under way
  std::mutex counting;
  const auto add = [&](std::int64_t, const LayerUnit&, const at::Tensor&, const at::Tensor& z) {
    const Eigen::ArrayXd found = to_array((z > 0).sum(1).to(at::kDouble));
    const std::lock_guard lock(counting);
    count += found;
  };
  const auto keep_both = [&](const LayerSummary& summary) {
    keep(summary);
    active->row(summary.layer - 1) =
        count / static_cast<double>(stage(summary.layer).blocks.width());
    count.setZero();
  };
  pass(seed, replicate, threads, keep_both, add, at::kDouble, nullptr);
  return gram;
}

LayerOutputs CollapsedSampler::outputs(std::uint64_t seed, std::int64_t replicate) const {
  LayerOutputs outputs;
  std::int64_t layer = 0;
  const auto show = [&](std::int64_t block, const LayerUnit& unit, const at::Tensor& h,
                        const at::Tensor& z) {
    if (block == 0) {
      ++layer;
      outputs.preactivations.push_back(at::empty({inputs(), stage(layer).blocks.width()}, dtype_));
      outputs.activations.push_back(at::empty_like(outputs.preactivations.back()));
    }
    const auto place = [&](std::vector<at::Tensor>& layers) {
      return layers.back().narrow(1, stage(layer).blocks.first(block), h.size(1));
    };
    place(outputs.preactivations).copy_(h).mul_(unit.of_preactivations());
    place(outputs.activations).copy_(z).mul_(unit.of_activations());
  };
  pass(
      seed, replicate, 1, [](const LayerSummary&) {}, show, dtype_, nullptr);
  return outputs;
}

double CollapsedSampler::memory(int threads) const {
  double layers = 0;  // that are stored: each width's is kept for the next network
  double most = 0;
  std::map<const LayerPool*, double> stored;
  for (const auto& here : stages_) {
    const auto& parts = here->parts;
    const bool filters = !parts.presynaptic.is_identity() || !parts.postsynaptic.is_identity();
    const bool stores = filters || parts.activation.needs_whole_layer();
    const bool stores_companion =
        variates_ && parts.activation.has_threshold() && !parts.presynaptic.is_identity();
    double& of_pool = stored[here->pool.get()];
    of_pool = std::max(of_pool, (stores ? 1.0 : 0.0) + (stores_companion ? 1.0 : 0.0));
    most = std::max(most, memory_of(*here, threads));
  }
  for (const auto& [pool, count] : stored)
    layers += count * number_bytes() * static_cast<double>(pool->blocks().width());
  const auto p = static_cast<double>(inputs());
  // Matrices of the path of each layer before, and some forty on the way.
  const double controls =
      variates_ ? 8 * (2 * static_cast<double>(law_.network.depth()) + 40) * p * p : 0;
  return layers * p + controls + most;
}

double CollapsedSampler::memory_of(const Stage& stage, int threads) const {
  const auto n = static_cast<double>(stage.blocks.width());
  const auto p = static_cast<double>(inputs());
  const auto block = p * static_cast<double>(stage.blocks.block_width());
  const auto& parts = stage.parts;
  const bool filters = !parts.presynaptic.is_identity() || !parts.postsynaptic.is_identity();
  const double f = parts.activation.active_fraction();
  // LayerThreshold's brackets, in vectors that grow by doubling.
  const double kept = std::min(n, 7 * parts.threshold_spread * std::sqrt(f * (1 - f) * n));
  const double brackets = parts.activation.needs_whole_layer() ? 16 * p * kept : 0;
  // A filtered row passes through several arrays of doubles; sums wait for their turn.
  return 2 * brackets +
         threads * (6 * number_bytes() * block + 8 * 12 * p * p + (filters ? 64 * n : 0));
}

double CollapsedSampler::work() const {
  const auto p = static_cast<double>(inputs());
  double sum = 0;
  // A normal and its way through the layer cost as much as some 60 multiplications.
  for (const auto& here : stages_)
    sum += static_cast<double>(here->blocks.width()) * p * (60 + 2 * p) + p * p * p;
  return sum;
}

bool CollapsedSampler::is_large() const {
  return std::any_of(stages_.begin(), stages_.end(), [&](const auto& here) {
    return here->blocks.width() * inputs() >= large_layer;
  });
}

}  // namespace wideproof::sim
