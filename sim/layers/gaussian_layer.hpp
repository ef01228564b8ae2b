// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/near_inputs.hpp>
#include <wideproof/sim/layers/neuron_blocks.hpp>
#include <wideproof/sim/numeric/input_order.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {

/// S X, P × n: neurons of independent P-dimensional normals of covariance K = S Sᵀ, drawn block by
/// block in any order. X (rank × n) is read from the stream that the network and layer name: row r
/// of a block stands in the same place of it whatever the rank.
class GaussianLayer {
 public:
  /// `kernel`: K, P × P; `order`: of the network's inputs.
  GaussianLayer(const NetworkId& id, std::int64_t layer, const Eigen::MatrixXd& kernel,
                const InputOrder& order, const NeuronBlocks& blocks, at::ScalarType dtype);

  /// Whether inputs are so nearly collinear in K that the rounding of sums in float32 would show in
  /// the next layer's: KernelRoot::smallest_pivot is small.
  bool is_nearly_singular() const { return is_nearly_singular_; }

  /// Writes a block, P × size.
  void draw(std::int64_t block, at::Tensor& out) const;

 private:
  NormalStream stream_;
  NeuronBlocks blocks_;
  at::Tensor root_;  ///< S, P × rank; of near_ what it differs by from the neighbour's row
  std::vector<NearInput> near_;
  bool is_nearly_singular_;
};

}  // namespace wideproof::sim
