// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include <wideproof/sim/ensembles/ensemble_shape.hpp>
#include <wideproof/sim/layers/layer_activation.hpp>
#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// One layer of a network at a time, for all samples at once: h = W x + b and z = φ(h − t), as
/// EnsembleSampler says. The same bits on any number of threads.
class EnsembleLayers {
 public:
  explicit EnsembleLayers(const EnsembleShape& shape)
      : shape_(shape), activation_(shape.options().law) {}

  /// W as it is drawn, N × n.
  at::Tensor weights(std::uint64_t seed, std::int64_t replicate, std::int64_t layer,
                     int threads) const;
  /// b, N; zeros without biases.
  at::Tensor biases(std::uint64_t seed, std::int64_t replicate, std::int64_t layer) const;

  /// h ← W x, of weights that have learnt where synapses learn; x in multiples of `unit`.
  void preactivate(const NetworkId& id, std::int64_t layer, int threads, const at::Tensor& x,
                   double unit, at::Tensor& h) const;
  /// h ← φ(h + b − t) in the unit that `unit` then says.
  void activate(const NetworkId& id, std::int64_t layer, int threads, LayerUnit& unit,
                at::Tensor& h) const;

 private:
  const EnsembleShape& shape_;
  LayerActivation activation_;
};

}  // namespace wideproof::sim
