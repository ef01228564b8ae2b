// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/direct_sampler.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

#include <wideproof/sim/activity/activity_sums.hpp>
#include <wideproof/sim/activity/class_sums.hpp>
#include <wideproof/sim/layers/neuron_gram.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Weights held at a time: small enough to stay in the second-level cache on their way from the
/// generator to the product.
constexpr std::int64_t block_weights = std::int64_t{1} << 17;

/// With more inputs than this their activations outgrow the cache, and a block takes more rows, a
/// sixteenth of the inputs but no more than this, so that they are read less often.
constexpr std::int64_t many_inputs = 256;

std::int64_t block_rows_for(std::int64_t fan_in, std::int64_t inputs, std::int64_t width) {
  const std::int64_t cached = block_weights / fan_in;
  const std::int64_t amortised = inputs > many_inputs ? std::min(inputs / 16, many_inputs) : 0;
  return std::clamp<std::int64_t>(std::max(cached, amortised), 1, width);
}

/// The mean of h² over the neurons, of the input where it is largest; in double.
double largest_mean_square(const at::Tensor& h) {
  double largest = 0;
  for (std::int64_t input = 0; input < h.size(0); ++input) {
    const auto wide = h[input].to(at::kDouble);
    largest = std::max(largest, wide.dot(wide).item<double>() / static_cast<double>(h.size(1)));
  }
  return largest;
}

/// Weights of a network that takes seconds to draw.
constexpr double large_network = 0x1p31;

}  // namespace

DirectSampler::DirectSampler(SampledLaw law, std::int64_t width, at::Tensor inputs,
                             const InputCounts& counts)
    : law_(std::move(law)),
      width_(width),
      inputs_(std::move(inputs)),
      counts_(counts.of_inputs(inputs_.size(0))) {
  const auto& network = law_.network;
  const auto widths = network.widths(width);
  std::map<std::pair<std::int64_t, const model::Network*>, std::shared_ptr<const Stage>> made;
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const std::int64_t neurons = widths[static_cast<std::size_t>(layer - 1)];
    const auto& like = network.like_layer(layer);
    auto& stage = made[{neurons, &like}];
    if (stage == nullptr)
      stage = std::make_shared<Stage>(
          Stage{neurons, LateralConvolver(network.presynaptic(), neurons),
                LateralConvolver(network.postsynaptic(), neurons),
                LayerActivation(law_.like_layer(layer)), model::has_negative_activities(like)});
    stages_.push_back(stage);
  }
  const double most =
      static_cast<double>(inputs_.scalar_type() == at::kFloat ? NormalStream::float_normals
                                                              : NormalStream::double_normals);
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const std::int64_t numbers = fan_in(layer);
    if (static_cast<double>(stage(layer).width) * static_cast<double>(numbers) <= most) continue;
    throw model::InputError("simulation.widths", width,
                            fmt::format("a layer of weights from {} numbers needs more than the "
                                        "{:.3g} normals that a random stream holds",
                                        numbers, most));
  }
}

void DirectSampler::sample(std::uint64_t seed, std::int64_t replicate, int threads,
                           const Visitor& visit) const {
  auto counts = counts_.of({seed, width_, replicate}, false);
  pass(seed, replicate, threads,
       [&](std::int64_t layer, const LayerUnit& unit, const auto&, const auto& z,
           const auto& presynaptic) {
         LayerSummary summary;
         summary.layer = layer;
         summary.gram = unit.of_gram() * neuron_gram(z, threads);
         if (presynaptic.defined()) {
           summary.presynaptic_gram = unit.of_gram() * neuron_gram(presynaptic, threads);
         }
         const Stage& here = stage(layer);
         const auto active = here.activation.projects() ? z != 0 : z > 0;
         summary.active_fraction = active.to(at::kDouble).mean().template item<double>();
         ActivitySums activity(counts.multiplicity);
         const auto side_by_side = z.contiguous();
         activity.add(side_by_side);
         const auto n = static_cast<double>(here.width);
         summary.mean_magnitude = unit.of_activations() / n * activity.magnitudes();
         summary.silent_share = static_cast<double>(activity.silent()) / n;
         summary.unit_hoyer = activity.unit_hoyer() / (n - static_cast<double>(activity.silent()));
         if (counts.classes) {
           counts.classes->is_signed = here.is_signed;
           ClassSums classes(*counts.classes);
           classes.add(side_by_side);
           summary.selectivity = classes.sums().numbers();
         }
         visit(summary);
       });
}

void DirectSampler::pass(std::uint64_t seed, std::int64_t replicate, int threads,
                         const TensorVisitor& visit) const {
  const at::NoGradGuard no_grad;
  const NetworkId id{seed, width_, replicate};
  const std::int64_t depth = law_.network.depth();
  auto presynaptic = inputs_;
  LayerUnit unit(law_.network.like_layer(1).activation());
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    const auto h = preactivations(id, layer, threads, presynaptic, unit);
    const Stage& here = stage(layer);
    const auto z = here.activation(h, layer, unit.of_preactivations());
    // W = s F_A X F_B acts on z as F_Bᵀ: convolving W's rows is correlating z.
    presynaptic = layer < depth ? here.presynaptic.correlate(z) : at::Tensor();
    visit(layer, unit, h, z, presynaptic);
  }
}

LayerOutputs DirectSampler::outputs(std::uint64_t seed, std::int64_t replicate) const {
  LayerOutputs outputs;
  pass(seed, replicate, 1,
       [&](auto, const LayerUnit& unit, const auto& h, const auto& z, const auto&) {
         outputs.preactivations.push_back(h * unit.of_preactivations());
         outputs.activations.push_back(z * unit.of_activations());
       });
  return outputs;
}

at::Tensor DirectSampler::preactivations(const NetworkId& id, std::int64_t layer, int threads,
                                         const at::Tensor& presynaptic, LayerUnit& unit) const {
  const std::int64_t fan_in = presynaptic.size(1);
  const std::int64_t width = stage(layer).width;
  const std::int64_t block_rows = block_rows_for(fan_in, inputs_.size(0), width);
  const auto dtype = inputs_.scalar_type();
  const NormalStream weights(stream_name(id, Purpose::weights, layer));
  // Neurons down, inputs across, until the end: each block's product is contiguous in it.
  const auto across = presynaptic.t().contiguous();
  const auto neurons = at::empty({width, inputs_.size(0)}, inputs_.options());
  for_each_block((width + block_rows - 1) / block_rows, threads, [&](std::int64_t block) {
    const std::int64_t row = block * block_rows;
    const std::int64_t rows = std::min(block_rows, width - row);
    const auto x = normal_tensor(weights, row * fan_in, rows, fan_in, dtype);
    auto product = neurons.narrow(0, row, rows);
    multiply(x, across, product);
  });
  auto h = neurons.t().contiguous();
  if (layer > 1) {
    const double scale =
        std::sqrt(law_.weight_variance_from(layer - 1) / static_cast<double>(fan_in));
    const double bias_variance = law_.network.like_layer(layer - 1).bias_variance();
    const double bias = std::sqrt(bias_variance) / unit.of_activations();
    const double change = unit.renew(largest_mean_square(h) * scale * scale + bias * bias,
                                     law_.network.like_layer(layer).activation());
    h *= scale / change;
    if (bias_variance > 0) {
      const NormalStream biases(stream_name(id, Purpose::biases, layer));
      h += bias / change * normal_tensor(biases, 0, 1, width, dtype);
    }
  }
  return stage(layer).postsynaptic.convolve(h);
}

double DirectSampler::memory(int threads) const {
  const auto number = static_cast<double>(inputs_.element_size());
  double most = 0;
  for (std::int64_t layer = 1; layer <= law_.network.depth(); ++layer) {
    const std::int64_t numbers = fan_in(layer);
    const std::int64_t width = stage(layer).width;
    const auto activations =
        static_cast<double>(inputs_.size(0)) * static_cast<double>(std::max(width, numbers));
    const auto block =
        static_cast<double>(block_rows_for(numbers, inputs_.size(0), width) * numbers);
    // h, z, F_B z, their turned copies and temporaries, and doubles for Gram and filters.
    most = std::max(most,
                    (6 * number + 32) * activations +
                        threads * number *
                            std::max(block, static_cast<double>(block_weights + inputs_.size(1))));
  }
  return most;
}

double DirectSampler::work() const {
  double sum = 0;
  for (std::int64_t layer = 1; layer <= law_.network.depth(); ++layer)
    sum += static_cast<double>(stage(layer).width) * static_cast<double>(fan_in(layer));
  return sum;
}

bool DirectSampler::is_large() const {
  return work() >= large_network;
}

}  // namespace wideproof::sim
