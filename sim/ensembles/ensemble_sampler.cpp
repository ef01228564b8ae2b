// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

#include <wideproof/sim/ensembles/ensemble_products.hpp>
#include <wideproof/sim/ensembles/synapse_learning.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

/// A layer is drawn without its weights where its fan-in is so many times the samples: K and its
/// root, (3/2) N M² multiplications, cost what N n M do.
constexpr std::int64_t samples_a_synapse = 2;

/// Numbers that are activated at a time.
constexpr std::int64_t layer_numbers_at_once = std::int64_t{1} << 17;

/// Bytes of a network that others beside it may have no room for.
constexpr double large_ensemble = 0x1p29;

/// What products pack their factors into, as seen on two threads: for each byte, and at least.
constexpr double packing_share = 1.3;
constexpr double packing_bytes = 0x1p24;

/// Neurons that tell a layer's scale.
constexpr std::int64_t neurons_of_scale = 16;

double mean_square(const at::Tensor& h) {
  const auto some = h.narrow(0, 0, std::min(neurons_of_scale, h.size(0))).to(at::kDouble);
  return some.square().mean().item<double>();
}

/// Calls work(first, count) for `size` numbers, `at_once` at a time.
template <class Work>
void in_blocks(std::int64_t size, std::int64_t at_once, int threads, const Work& work) {
  for_each_block((size + at_once - 1) / at_once, threads, [&](std::int64_t block) {
    work(block * at_once, std::min(at_once, size - block * at_once));
  });
}

void require_stream_holds(std::int64_t width, double normals, at::ScalarType dtype) {
  const auto most = static_cast<double>(dtype == at::kFloat ? NormalStream::float_normals
                                                            : NormalStream::double_normals);
  if (normals <= most) return;
  throw model::InputError(
      "simulation.widths", width,
      fmt::format("a layer takes {:.3g} normals, more than the {:.3g} that a random stream holds",
                  normals, most));
}

}  // namespace

EnsembleSampler::EnsembleSampler(Options options, const Eigen::MatrixXd& data)
    : options_(std::move(options)),
      dtype_(scalar_type(options_.dtype)),
      data_(to_tensor(data.transpose(), dtype_)),
      presynaptic_(options_.law.network.presynaptic(), options_.width),
      activation_(options_.law),
      pool_(options_.width, columns(), dtype_) {
  check(data);
}

void EnsembleSampler::check(const Eigen::MatrixXd& data) const {
  const auto& network = options_.law.network;
  const auto& synapses = options_.synapses;
  if (options_.width < 2) {
    throw model::InputError("simulation.widths", options_.width,
                            "must be at least 2: N\u03A3 is about pairs of units");
  }
  const double variance = options_.law.weight_variance;
  if (!(variance > 0 && std::isfinite(variance))) {
    throw model::InputError("network.weight_variance", variance, "must be positive and finite");
  }
  synapses.validate({options_.width});
  options_.ensemble.validate({options_.width});
  if (options_.ensemble.is_data() && data.rows() != options_.ensemble.samples) {
    throw model::InputError("ensemble.samples", options_.ensemble.samples,
                            fmt::format("{} inputs are given", data.rows()));
  }
  if (!network.postsynaptic().is_none()) {
    throw model::InputError("network.postsynaptic.filter: must be \"none\" for ensembles");
  }
  if (synapses.learns() && activation_.needs_whole_layer()) {
    throw model::InputError("network.threshold", model::in_quotes(name_of(network.threshold())),
                            "must be \"fixed\" where synapses learn, unit by unit");
  }
  const bool may_collapse = synapses.law == model::SynapseLaw::gaussian && !synapses.learns();
  if (options_.engine == model::Engine::collapsed && !may_collapse) {
    throw model::InputError("simulation.engine", model::in_quotes("collapsed"),
                            "needs network.synapses.law = \"gaussian\" and learning = \"none\"");
  }
  for (const std::int64_t layer : {0, 1, 2}) {
    const auto rows = static_cast<double>(options_.width);
    const auto across = static_cast<double>(is_collapsed(layer) ? columns() : fan_in(layer));
    require_stream_holds(options_.width, rows * std::max(across, static_cast<double>(columns())),
                         dtype_);
  }
}

bool EnsembleSampler::is_first_of_data(std::int64_t layer) const {
  return layer == 1 && options_.ensemble.is_data();
}

std::int64_t EnsembleSampler::fan_in(std::int64_t layer) const {
  if (is_first_of_data(layer)) return data_.size(0);
  if (layer > 0) return options_.width;
  const bool is_drawn = options_.ensemble.source == model::InputEnsemble::Source::correlated;
  return is_drawn ? options_.ensemble.factors(options_.width) : 1;
}

std::int64_t EnsembleSampler::columns() const {
  return options_.ensemble.samples * (options_.synapses.learns() ? 2 : 1);
}

bool EnsembleSampler::has_bias(std::int64_t layer) const {
  return options_.law.network.bias_variance() > 0 && !is_first_of_data(layer);
}

SynapseLayer EnsembleSampler::synapse_layer(std::int64_t layer) const {
  double variance = layer == 0 ? 1.0 : options_.law.weight_variance;
  // Of inputs of unit norm, whatever their dimension, as in model::Network.
  if (is_first_of_data(layer)) variance = static_cast<double>(fan_in(layer));
  return {.number = layer, .units = options_.width, .inputs = fan_in(layer), .variance = variance};
}

bool EnsembleSampler::is_collapsed(std::int64_t layer) const {
  if (options_.synapses.law != model::SynapseLaw::gaussian || options_.synapses.learns()) {
    return layer == 0 && options_.engine == model::Engine::automatic &&
           fan_in(0) > samples_a_synapse * columns();
  }
  if (options_.engine != model::Engine::automatic) {
    return options_.engine == model::Engine::collapsed;
  }
  return fan_in(layer) > samples_a_synapse * columns();
}

at::Tensor EnsembleSampler::inputs(const NetworkId& id, int threads) const {
  if (options_.ensemble.is_data()) {
    return options_.synapses.learns() ? at::cat({data_, data_}, 1) : data_;
  }
  const NormalStream samples(stream_name(id, Purpose::samples, 0));
  const auto layer = synapse_layer(0);
  const bool is_white = options_.ensemble.source == model::InputEnsemble::Source::white;
  const std::int64_t rows = is_white ? options_.width : layer.inputs;
  auto x = rows == options_.width ? pool_.take() : at::empty({rows, columns()}, dtype_);
  const auto at_once = std::max<std::int64_t>(layer_numbers_at_once / columns(), 1);
  in_blocks(rows, at_once, threads, [&](std::int64_t first, std::int64_t count) {
    draw_into(samples, first * columns(), x.narrow(0, first, count));
  });
  if (is_white) return x;
  // x = F y/√p: a layer of independent Gaussian synapses.
  const model::Synapses independent;
  auto mixed = pool_.take();
  if (is_collapsed(0)) {
    collapsed_product(independent, id, layer, x, dtype_, threads, mixed);
  } else {
    const SynapseWeights factors(independent, id, layer, dtype_, threads);
    const auto some = [&](auto first, auto count) { return factors.rows(first, count); };
    direct_product(x, threads, some, mixed);
  }
  if (rows == options_.width) pool_.give_back(x);
  return mixed;
}

at::Tensor EnsembleSampler::biases(std::uint64_t seed, std::int64_t replicate,
                                   std::int64_t layer) const {
  if (!has_bias(layer)) return at::zeros({options_.width}, dtype_);
  const NormalStream stream(stream_name({seed, options_.width, replicate}, Purpose::biases, layer));
  return normal_tensor(stream, 0, 1, options_.width, dtype_)[0].mul_(
      std::sqrt(options_.law.network.bias_variance()));
}

at::Tensor EnsembleSampler::weights(std::uint64_t seed, std::int64_t replicate, std::int64_t layer,
                                    int threads) const {
  const SynapseWeights weights(options_.synapses, {seed, options_.width, replicate},
                               synapse_layer(layer), dtype_, threads);
  return weights.rows(0, options_.width);
}

void EnsembleSampler::preactivate(const NetworkId& id, std::int64_t layer, int threads,
                                  const at::Tensor& x, double unit, at::Tensor& h) const {
  const auto& synapses = options_.synapses;
  const auto synapse_layer = this->synapse_layer(layer);
  if (is_collapsed(layer)) {
    const auto products = options_.ensemble.is_data() ? at::kDouble : dtype_;
    return collapsed_product(synapses, id, synapse_layer, x, products, threads, h);
  }
  const SynapseWeights weights(synapses, id, synapse_layer, dtype_, threads);
  std::optional<SynapseLearning> learning;
  at::Tensor biases;
  if (synapses.learns()) {
    const auto samples = options_.ensemble.samples;
    learning.emplace(synapses, activation_, id, layer, x.narrow(1, samples, samples).contiguous(),
                     unit);
    if (has_bias(layer)) biases = this->biases(id.seed, id.replicate, layer).div_(unit);
  }
  const auto rows = [&](std::int64_t first, std::int64_t count) {
    auto block = weights.rows(first, count);
    if (learning) {
      learning->change(first, block,
                       biases.defined() ? biases.narrow(0, first, count).unsqueeze(1) : biases);
    }
    return block;
  };
  direct_product(x, threads, rows, h);
}

void EnsembleSampler::activate(const NetworkId& id, std::int64_t layer, int threads,
                               LayerUnit& unit, at::Tensor& h) const {
  const bool is_biased = has_bias(layer);
  const auto biases = this->biases(id.seed, id.replicate, layer).unsqueeze(1);
  const double bias = std::sqrt(options_.law.network.bias_variance()) / unit.of_activations();
  const double before = unit.of_activations();
  const double change = unit.renew(mean_square(h) + (is_biased ? bias * bias : 0));
  const std::int64_t samples = h.size(1);
  const auto neurons = std::max<std::int64_t>(layer_numbers_at_once / samples, 1);
  if (is_biased || change != 1) {
    in_blocks(h.size(0), neurons, threads, [&](std::int64_t first, std::int64_t count) {
      auto part = h.narrow(0, first, count).div_(change);
      if (is_biased) part.add_(biases.narrow(0, first, count), 1 / (before * change));
    });
  }
  at::Tensor threshold;
  if (activation_.has_threshold()) {
    threshold = at::empty({1, samples}, h.options());
    const auto at_once = std::max<std::int64_t>(layer_numbers_at_once / h.size(0), 16);
    in_blocks(samples, at_once, threads, [&](std::int64_t first, std::int64_t count) {
      const auto rows = h.narrow(1, first, count).t().contiguous();
      threshold.narrow(1, first, count)
          .copy_(activation_.threshold(rows, layer, unit.of_preactivations()).t());
    });
  }
  in_blocks(h.size(0), neurons, threads, [&](std::int64_t first, std::int64_t count) {
    auto part = h.narrow(0, first, count);
    activation_.overwrite(part, threshold);
  });
}

void EnsembleSampler::pass(std::uint64_t seed, std::int64_t replicate, int threads,
                           const Visitor& visit) const {
  const at::NoGradGuard no_grad;
  const NetworkId id{seed, options_.width, replicate};
  const std::int64_t depth = options_.law.network.depth();
  const std::int64_t samples = options_.ensemble.samples;
  LayerUnit unit(options_.law.network.activation());
  auto x = inputs(id, threads);
  visit(0, unit, x.narrow(1, 0, samples));
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    auto h = pool_.take();
    preactivate(id, layer, threads, x, unit.of_activations(), h);
    activate(id, layer, threads, unit, h);
    visit(layer, unit, h.narrow(1, 0, samples));
    if (!is_first_of_data(layer)) pool_.give_back(std::move(x));
    if (!presynaptic_.is_identity() && layer < depth) {
      h.copy_(presynaptic_.correlate(h.t().contiguous()).t());
    }
    x = std::move(h);
  }
  pool_.give_back(std::move(x));
}

std::vector<EnsembleEstimate> EnsembleSampler::sample(std::uint64_t seed, std::int64_t replicate,
                                                      int threads) const {
  std::vector<EnsembleEstimate> estimates;
  pass(seed, replicate, threads,
       [&](std::int64_t layer, const LayerUnit& unit, const at::Tensor& z) {
         if (layer == 0) return;
         const auto estimate =
             options_.ensemble.is_data() ? whole_ensemble(z, threads) : estimated(z, threads);
         estimates.push_back(estimate.in_unit(unit.of_activations()));
       });
  return estimates;
}

EnsembleEstimate EnsembleSampler::estimated(const at::Tensor& z, int threads) const {
  auto scratch = pool_.take();
  const auto estimate = estimate_ensemble(z, threads, scratch.narrow(1, 0, z.size(1)));
  pool_.give_back(std::move(scratch));
  return estimate;
}

double EnsembleSampler::layer_work(std::int64_t layer) const {
  const auto n = static_cast<double>(options_.width);
  const auto m = static_cast<double>(columns());
  const auto inputs = static_cast<double>(fan_in(layer));
  if (is_collapsed(layer)) return 1.25 * n * m * m + m * m * m / 3;
  double work = n * inputs * m;
  if (options_.synapses.learns()) work *= static_cast<double>(1 + options_.synapses.steps);
  if (options_.synapses.law == model::SynapseLaw::orthogonal) work += 4 * n * n * n / 3;
  return work;
}

double EnsembleSampler::work() const {
  const auto later = static_cast<double>(options_.law.network.depth() - 1);
  const double estimates = estimate_work(options_.width, options_.ensemble.samples);
  return layer_work(1) + later * layer_work(2) + (1 + later) * estimates +
         (fan_in(0) > 1 ? layer_work(0) : 0);
}

bool EnsembleSampler::is_large() const {
  return memory(1) >= large_ensemble;
}

double EnsembleSampler::memory(int threads) const {
  const auto number = static_cast<double>(data_.element_size());
  const auto n = static_cast<double>(options_.width);
  const auto m = static_cast<double>(columns());
  const auto widest = static_cast<double>(std::max({fan_in(0), fan_in(1), options_.width}));
  // x and h, of learning and of filters a turned copy too.
  const bool is_turned = options_.synapses.learns() || !presynaptic_.is_identity();
  double bytes = number * m * (n + widest * (is_turned ? 2 : 1));
  if (!presynaptic_.is_identity()) bytes += 4 * 8 * n * m;
  if (options_.synapses.law == model::SynapseLaw::orthogonal) bytes += 2 * number * widest * widest;
  if (is_collapsed(2) || is_collapsed(1) || is_collapsed(0)) bytes += 6 * 8 * m * m;
  if (options_.ensemble.is_data() && dtype_ == at::kFloat && (is_collapsed(2) || is_collapsed(1)))
    bytes += 8 * m * widest;
  const auto rows = static_cast<double>(
      rows_of_weights(options_.width, static_cast<std::int64_t>(widest), columns()));
  const bool learns = options_.synapses.learns();
  bytes += threads * number *
           (rows * (learns ? 3 * widest + 2 * m : widest) + 2.0 * layer_numbers_at_once);
  const auto& memory_of = options_.ensemble.is_data() ? whole_memory : estimate_memory;
  bytes += memory_of(options_.width, options_.ensemble.samples, data_.element_size());
  return packing_share * bytes + packing_bytes;
}

std::vector<std::vector<EnsembleEstimate>> sample_replicates(const EnsembleSampler& sampler,
                                                             std::uint64_t seed, std::int64_t first,
                                                             std::int64_t count, int threads) {
  std::vector<std::vector<EnsembleEstimate>> all;
  const bool shares = sampler.is_large() || count < threads;
  run_ordered_blocks(
      count, shares ? 1 : threads,
      [&](std::int64_t block) { return sampler.sample(seed, first + block, shares ? threads : 1); },
      [&](const std::vector<EnsembleEstimate>& one) {
        all.push_back(one);
        return true;
      });
  return all;
}

}  // namespace wideproof::sim
