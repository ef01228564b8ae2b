// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/controls/control_variates.hpp>
#include <wideproof/sim/layers/layer_outputs.hpp>
#include <wideproof/sim/layers/layer_trace.hpp>
#include <wideproof/sim/layers/layer_unit.hpp>
#include <wideproof/sim/layers/neuron_blocks.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/networks/collapsed_layer.hpp>
#include <wideproof/sim/networks/network_sampler.hpp>
#include <wideproof/sim/numeric/input_order.hpp>

namespace wideproof::sim {

/// Draws what P inputs see of a network without drawing its weights: exact in law, at the cost of
/// n·P normals a layer in place of n².
///
/// Given the layer before, the pre-activations of a layer with Gaussian weights are Gaussian. With
///
///   K = (σ²/n) (F_Bᵀz)ᵀ(F_Bᵀz) + σ_b² 11ᵀ,   S Sᵀ = K   (P × P, P × r),
///
/// and an r × n field X of independent standard normals, F_A (S X) has the law of h: the columns of
/// S X are independent N(0, K), and the filter A acts across neurons. At the first layer K is the
/// inputs' Gram. Layers are drawn in units that keep them in the dtype's range (LayerUnit), and
/// told of in the network's own scale.
class CollapsedSampler final : public NetworkSampler {
 public:
  /// `cosines`: the inputs' Gram, P × P. `dtype`: float32 or float64, of activations and products.
  /// Throws model::InputError when a filter does not fit the width, or when a layer has more
  /// numbers than a random stream holds. Summaries carry controls where `pair_means`,
  /// ControlVariates::pair_means_of(law), are given; the law must then be one that
  /// model::require_control_variates() takes. `counts`: what inputs each of these stands for in
  /// what is told of neurons.
  CollapsedSampler(SampledLaw law, std::int64_t width, Eigen::MatrixXd cosines,
                   at::ScalarType dtype,
                   std::shared_ptr<const GaussianPairTable> pair_means = nullptr,
                   const InputCounts& counts = {});

  void sample(std::uint64_t seed, std::int64_t replicate, int threads,
              const Visitor& visit) const override;
  double memory(int threads) const override;
  double work() const override;
  bool is_large() const override;

  /// sample(), and each layer's trace: their layers are taken from pool(), to be given back there.
  std::vector<LayerTrace> trace(std::uint64_t seed, std::int64_t replicate, int threads,
                                const Visitor& visit) const;

  /// Layers of the first hidden layer's shape, and of this dtype.
  LayerPool& pool() const { return *stages_.front()->pool; }

  /// The last layer's Gram of the network that sample() summarises, summed in double throughout:
  /// one that is short of rank then is so to the rounding of doubles. `active`, if any, becomes the
  /// fraction of neurons with z > 0, layers × P.
  Eigen::MatrixXd last_gram(std::uint64_t seed, std::int64_t replicate, int threads,
                            Eigen::MatrixXd* active = nullptr) const;

  /// The network that sample() summarises, every layer kept, as far as the dtype holds it.
  LayerOutputs outputs(std::uint64_t seed, std::int64_t replicate) const;

 private:
  /// What layers of one width and one law have in common.
  struct Stage {
    NeuronBlocks blocks;
    CollapsedLayerParts parts;
    std::shared_ptr<LayerPool> pool;  ///< of one width, whatever the law
    bool is_signed;                   ///< whether activities may be negative
  };

  void make_stages(std::int64_t width, const InputCounts& counts);
  const Stage& stage(std::int64_t layer) const {
    return *stages_[static_cast<std::size_t>(layer - 1)];
  }
  std::int64_t inputs() const { return cosines_.rows(); }
  double number_bytes() const { return dtype_ == at::kFloat ? 4 : 8; }
  double memory_of(const Stage& stage, int threads) const;

  /// Sees a block of a layer, P × size, and the unit that it is counted in.
  using BlockVisitor = std::function<void(std::int64_t block, const LayerUnit& unit,
                                          const at::Tensor& h, const at::Tensor& z)>;

  /// `show` may be empty; `traces`, if any, is to be filled.
  void pass(std::uint64_t seed, std::int64_t replicate, int threads, const Visitor& visit,
            const BlockVisitor& show, at::ScalarType last_sums,
            std::vector<LayerTrace>* traces) const;

  SampledLaw law_;
  std::int64_t width_;  ///< n, which the layers' own are multiples of
  Eigen::MatrixXd cosines_;
  InputOrder
      by_pivots_;  ///< of kernels that may be short of rank: the inputs', after linear layers
  InputOrder by_distances_;
  at::ScalarType dtype_;
  std::vector<std::shared_ptr<const Stage>> stages_;  ///< by layer, those that are alike shared
  std::optional<ControlVariates> variates_;
};

}  // namespace wideproof::sim
