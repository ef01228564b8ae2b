// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/collapsed_sampler.hpp>

#include <algorithm>
#include <cmath>
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
      blocks_(cosines.rows(), width),
      cosines_(std::move(cosines)),
      first_order_(cosines_, InputOrder::By::pivots),
      order_(cosines_, law_.network.activation() == model::Activation::linear
                           ? InputOrder::By::pivots
                           : InputOrder::By::distances),
      dtype_(dtype),
      parts_{LayerActivation(law_), LateralConvolver(law_.network.presynaptic(), width),
             LateralConvolver(law_.network.postsynaptic(), width),
             spread_of(law_.network.postsynaptic()), counts.of_inputs(cosines_.rows())},
      pool_(blocks_, dtype_) {
  if (pair_means != nullptr) {
    variates_.emplace(law_, std::move(pair_means), parts_.presynaptic, parts_.postsynaptic, width);
  }
  const double most = static_cast<double>(dtype == at::kFloat ? NormalStream::float_normals
                                                              : NormalStream::double_normals);
  if (static_cast<double>(width) * static_cast<double>(blocks_.inputs()) > most) {
    throw model::InputError("simulation.widths", width,
                            fmt::format("with {} inputs a layer needs more than the {:.3g} normals "
                                        "that a random stream holds",
                                        blocks_.inputs(), most));
  }
}

void CollapsedSampler::pass(std::uint64_t seed, std::int64_t replicate, int threads,
                            const Visitor& visit, const BlockVisitor& show,
                            at::ScalarType last_sums, std::vector<LayerTrace>* traces) const {
  const NetworkId id{seed, blocks_.width(), replicate};
  const std::int64_t depth = law_.network.depth();
  LayerUnit unit(law_.network.activation());
  CollapsedLayer::BlockVisitor show_layer;
  if (show) {
    show_layer = [&](std::int64_t block, const at::Tensor& h, const at::Tensor& z) {
      show(block, unit, h, z);
    };
  }
  const auto counts = parts_.counts.of(id, model::has_negative_activities(law_.network));
  const auto layer_with = [&](at::ScalarType sums) {
    return CollapsedLayer(parts_, counts, pool_, blocks_, dtype_, sums, threads, show_layer);
  };
  const CollapsedLayer sample_inner = layer_with(dtype_);
  const CollapsedLayer sample_last = layer_with(last_sums);
  Eigen::MatrixXd kernel = cosines_;
  LayerCompanion companion;
  std::optional<NetworkControls> controls;
  if (variates_) controls.emplace(*variates_);
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    const auto& order = layer == 1 ? first_order_ : order_;
    const GaussianLayer source(id, layer, kernel, order, blocks_, dtype_);
    const auto& sample_layer = layer == depth ? sample_last : sample_inner;
    const double of_h = unit.of_preactivations();
    LayerTrace* trace = nullptr;
    if (traces != nullptr) {
      trace = &traces->emplace_back(LayerTrace{pool_.take(), {}, {}, kernel, of_h});
    }
    auto summary = sample_layer(source, kernel.diagonal(), layer, of_h, layer == depth,
                                controls ? &companion : nullptr, trace);
    // In the square of what activations are counted in.
    Eigen::MatrixXd next = (law_.weight_variance * summary.presynaptic_gram).array() +
                           law_.network.bias_variance() / unit.of_gram();
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
    const double change = unit.renew(next.diagonal().maxCoeff());
    kernel = next / (change * change);
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
  active->resize(law_.network.depth(), blocks_.inputs());
  Eigen::ArrayXd count = Eigen::ArrayXd::Zero(blocks_.inputs());  // of the layer under way
  std::mutex counting;
  const auto add = [&](std::int64_t, const LayerUnit&, const at::Tensor&, const at::Tensor& z) {
    const Eigen::ArrayXd found = to_array((z > 0).sum(1).to(at::kDouble));
    const std::lock_guard lock(counting);
    count += found;
  };
  const auto keep_both = [&](const LayerSummary& summary) {
    keep(summary);
    active->row(summary.layer - 1) = count / static_cast<double>(blocks_.width());
    count.setZero();
  };
  pass(seed, replicate, threads, keep_both, add, at::kDouble, nullptr);
  return gram;
}

LayerOutputs CollapsedSampler::outputs(std::uint64_t seed, std::int64_t replicate) const {
  LayerOutputs outputs;
  const auto show = [&](std::int64_t block, const LayerUnit& unit, const at::Tensor& h,
                        const at::Tensor& z) {
    if (block == 0) {
      outputs.preactivations.push_back(at::empty({blocks_.inputs(), blocks_.width()}, dtype_));
      outputs.activations.push_back(at::empty_like(outputs.preactivations.back()));
    }
    const auto place = [&](std::vector<at::Tensor>& layers) {
      return layers.back().narrow(1, blocks_.first(block), h.size(1));
    };
    place(outputs.preactivations).copy_(h).mul_(unit.of_preactivations());
    place(outputs.activations).copy_(z).mul_(unit.of_activations());
  };
  pass(
      seed, replicate, 1, [](const LayerSummary&) {}, show, dtype_, nullptr);
  return outputs;
}

double CollapsedSampler::memory(int threads) const {
  const double number = dtype_ == at::kFloat ? 4 : 8;
  const auto n = static_cast<double>(blocks_.width());
  const auto p = static_cast<double>(blocks_.inputs());
  const auto block = p * static_cast<double>(blocks_.block_width());
  const bool filters = !parts_.presynaptic.is_identity() || !parts_.postsynaptic.is_identity();
  const bool stores = filters || parts_.activation.needs_whole_layer();
  const bool stores_companion =
      variates_ && parts_.activation.has_threshold() && !parts_.presynaptic.is_identity();
  const double stored = (stores ? 1 : 0) + (stores_companion ? 1 : 0);
  // Matrices of the path of each layer before, and some forty on the way.
  const double controls =
      variates_ ? 8 * (2 * static_cast<double>(law_.network.depth()) + 40) * p * p : 0;
  const double f = law_.network.active_fraction();
  // LayerThreshold's brackets, in vectors that grow by doubling.
  const double kept = std::min(n, 7 * parts_.threshold_spread * std::sqrt(f * (1 - f) * n));
  const double brackets = parts_.activation.needs_whole_layer() ? 16 * p * kept : 0;
  // A filtered row passes through several arrays of doubles; sums wait for their turn.
  return number * stored * n * p + 2 * brackets + controls +
         threads * (6 * number * block + 8 * 12 * p * p + (filters ? 64 * n : 0));
}

double CollapsedSampler::work() const {
  const auto n = static_cast<double>(blocks_.width());
  const auto p = static_cast<double>(blocks_.inputs());
  // A normal and its way through the layer cost as much as some 60 multiplications.
  return static_cast<double>(law_.network.depth()) * (n * p * (60 + 2 * p) + p * p * p);
}

bool CollapsedSampler::is_large() const {
  return blocks_.width() * blocks_.inputs() >= large_layer;
}

}  // namespace wideproof::sim
