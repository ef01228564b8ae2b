// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/ensembles/ensemble_cost.hpp>
#include <wideproof/sim/ensembles/ensemble_estimate.hpp>
#include <wideproof/sim/ensembles/ensemble_layers.hpp>
#include <wideproof/sim/ensembles/ensemble_shape.hpp>
#include <wideproof/sim/ensembles/tensor_pool.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// Sends an ensemble of inputs through one quenched network after another and estimates each
/// layer's D̃ and NΣ (EnsembleEstimate):
///
///   h^l = W^l x^{l−1} + b^l,   z^l = φ(h^l − t^l),   x^l = F_Bᵀ z^l,   l = 1 … depth,
///
/// W as SynapseWeights, of variance g² = SampledLaw::weight_variance over the fan-in, b ~ N(0,
/// σ_b²) at every layer, x⁰ the ensemble. Inputs from a file are those of model::Network: of unit
/// norm, with weights of variance 1 and no bias at the first layer. M samples at a time, N × M
/// numbers a layer.
///
/// Where synapses learn (SynapseLearning), they see an ensemble of M samples of their own and the
/// estimates are of M others; of a file, of the same rows.
///
/// Two engines of the same law, of different networks for one seed: `direct` draws W, one product a
/// layer; `collapsed` draws what M samples see (collapsed_product()), for Gaussian synapses that do
/// not learn. `automatic` takes, layer by layer, what costs less: collapsed where the fan-in
/// exceeds 2M.
class EnsembleSampler {
 public:
  using Options = EnsembleOptions;

  /// `data`: the inputs of an ensemble from a file, samples × dimension, of unit norm; else 0 × 0.
  /// Throws InputError for values that are out of range or do not go together, and where a layer
  /// has more numbers than a random stream holds.
  explicit EnsembleSampler(Options options, const Eigen::MatrixXd& data = {});

  EnsembleSampler(const EnsembleSampler&) = delete;
  EnsembleSampler& operator=(const EnsembleSampler&) = delete;

  const Options& options() const { return shape_.options(); }

  /// Of layers 1 … depth of the network that `seed` and `replicate` name. The same bits on any
  /// number of threads, where LibTorch and BLAS are set to one thread each.
  std::vector<EnsembleEstimate> sample(std::uint64_t seed, std::int64_t replicate,
                                       int threads) const;

  /// What is seen of a layer: its number, the unit that it is counted in, and its activations z,
  /// N × M. Layer 0 is the ensemble of inputs.
  using Visitor =
      std::function<void(std::int64_t layer, const LayerUnit& unit, const at::Tensor& activations)>;

  /// Samples that network and shows its layers in order.
  void pass(std::uint64_t seed, std::int64_t replicate, int threads, const Visitor& visit) const;

  /// W of layer `layer` of that network as it is drawn, N × n: what the direct engine uses before
  /// synapses learn.
  at::Tensor weights(std::uint64_t seed, std::int64_t replicate, std::int64_t layer,
                     int threads) const {
    return layers_.weights(seed, replicate, layer, threads);
  }
  /// b of that layer, N; zeros without biases.
  at::Tensor biases(std::uint64_t seed, std::int64_t replicate, std::int64_t layer) const {
    return layers_.biases(seed, replicate, layer);
  }

  /// Whether layer `layer` is drawn without its weights.
  bool is_collapsed(std::int64_t layer) const { return shape_.is_collapsed(layer); }

  /// Bytes that sample() holds at a time on `threads` threads, estimated from its arrays.
  double memory(int threads) const { return ensemble_memory(shape_, threads); }
  /// Multiplications of one network.
  double work() const { return ensemble_work(shape_); }
  /// Whether a network takes so much memory that its blocks, and not the replicates, should be
  /// shared out among threads.
  bool is_large() const;

 private:
  at::Tensor inputs(const NetworkId& id, int threads) const;
  EnsembleEstimate estimated(const at::Tensor& z, int threads) const;

  EnsembleShape shape_;
  at::Tensor data_;  ///< dimension × M
  LateralConvolver presynaptic_;
  EnsembleLayers layers_;
  mutable TensorPool pool_;  ///< of layers, N × columns
};

/// sample() of replicates first … first + count − 1, in order, on `threads` threads: replicates
/// side by side; of large networks, or where there are fewer of them than threads, one after the
/// other. The same bits on any number of threads.
std::vector<std::vector<EnsembleEstimate>> sample_replicates(const EnsembleSampler& sampler,
                                                             std::uint64_t seed, std::int64_t first,
                                                             std::int64_t count, int threads);

}  // namespace wideproof::sim
