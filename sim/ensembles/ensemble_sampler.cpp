// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>

#include <utility>

#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>

#include <wideproof/sim/ensembles/ensemble_inputs.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Bytes of a network that others beside it may have no room for.
constexpr double large_ensemble = 0x1p29;

}  // namespace

EnsembleSampler::EnsembleSampler(Options options, const Eigen::MatrixXd& data)
    : shape_(std::move(options), data),
      data_(to_tensor(data.transpose(), shape_.dtype())),
      presynaptic_(this->options().law.network.presynaptic(), shape_.width()),
      layers_(shape_),
      pool_(shape_.width(), shape_.columns(), shape_.dtype()) {}

at::Tensor EnsembleSampler::inputs(const NetworkId& id, int threads) const {
  if (!options().ensemble.is_data()) return draw_inputs(shape_, id, pool_, threads);
  return options().synapses.learns() ? at::cat({data_, data_}, 1) : data_;
}

void EnsembleSampler::pass(std::uint64_t seed, std::int64_t replicate, int threads,
                           const Visitor& visit) const {
  const at::NoGradGuard no_grad;
  const NetworkId id{seed, shape_.width(), replicate};
  const std::int64_t depth = options().law.network.depth();
  const std::int64_t samples = shape_.samples();
  LayerUnit unit(options().law.network.activation());
  auto x = inputs(id, threads);
  visit(0, unit, x.narrow(1, 0, samples));
  for (std::int64_t layer = 1; layer <= depth; ++layer) {
    auto h = pool_.take();
    layers_.preactivate(id, layer, threads, x, unit.of_activations(), h);
    layers_.activate(id, layer, threads, unit, h);
    visit(layer, unit, h.narrow(1, 0, samples));
    if (!shape_.is_first_of_data(layer)) pool_.give_back(std::move(x));
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
             options().ensemble.is_data() ? whole_ensemble(z, threads) : estimated(z, threads);
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

bool EnsembleSampler::is_large() const {
  return memory(1) >= large_ensemble;
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
