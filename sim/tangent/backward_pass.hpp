// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/layer_pool.hpp>
#include <wideproof/sim/layers/layer_trace.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/tangent/backward_layer.hpp>
#include <wideproof/sim/tangent/transposed_product.hpp>

namespace wideproof::sim {

/// What all networks' backward passes share.
struct BackwardLaw {
  const SampledLaw& law;
  const BackwardParts& parts;
  const std::vector<Eigen::Index>& order;  ///< of the inputs, for roots
  bool has_probes = true;                  ///< of hidden layers, beside the output's
  double readout_variance = 1.0;           ///< σ_r²
};

/// The gradients of one network's output and of its probes, from the last layer down to the first.
/// All that pass a layer do so together: what X makes of one depends on what it made of the others.
class BackwardPass {
 public:
  /// `factors`: by layer, what δ_a·δ_b has to be multiplied by for what its parameters contribute
  /// (TangentSampler), P × P; and last what the readout contributes.
  BackwardPass(const BackwardLaw& law, const NetworkId& id, const std::vector<LayerTrace>& traces,
               const std::vector<Eigen::MatrixXd>& factors, LayerPool& pool, int threads);

  /// Θ^1…Θ^L, where there are probes, and that of the output.
  std::vector<Eigen::MatrixXd> operator()();

 private:
  using Incoming = BackwardLayer::Incoming;
  using Result = BackwardLayer::Result;

  std::int64_t depth() const { return static_cast<std::int64_t>(traces_.size()); }
  std::int64_t inputs() const { return blocks_.inputs(); }
  const LayerTrace& trace(std::int64_t layer) const {
    return traces_[static_cast<std::size_t>(layer - 1)];
  }
  const Eigen::MatrixXd& factor(std::int64_t layer) const {
    return factors_[static_cast<std::size_t>(layer - 1)];
  }

  Incoming readout() const;
  std::optional<NormalStream> signs(std::int64_t layer) const;
  /// Adds what the parameters of a layer contribute.
  void contribute(std::int64_t layer, const Result& result);
  /// Brings each probe's gradients to squares of order 1, by powers of two.
  void normalise(Result& result);
  TransposedProduct product(std::int64_t layer, const KernelInverse& inverse,
                            const Result& result) const;
  void presynaptic(std::int64_t layer, std::int64_t block, at::Tensor& out) const;

  const BackwardLaw& law_;
  NetworkId id_;
  const std::vector<LayerTrace>& traces_;
  const std::vector<Eigen::MatrixXd>& factors_;
  LayerPool& pool_;
  int threads_;
  const NeuronBlocks& blocks_;
  at::ScalarType dtype_;
  std::vector<double> scales_;             ///< what each probe's gradients are multiples of
  std::vector<Eigen::MatrixXd> tangents_;  ///< by probe, the output's first
};

}  // namespace wideproof::sim
