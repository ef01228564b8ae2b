// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/sim/layers/neuron_blocks.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/random/normal_stream.hpp>
#include <wideproof/sim/tangent/gradient_rows.hpp>
#include <wideproof/sim/tangent/kernel_inverse.hpp>

namespace wideproof::sim {

/// XᵀD of a layer whose field X (n × n, white) was never drawn, given what is known of it: U = X̄z̄,
/// X̄ = [X, ξ] with the field ξ of the biases, z̄ = [c z̃; b 1ᵀ]. D (n × Q) is any function of U and
/// of what is independent of X. Then, P_z̄ being the projection on z̄,
///
///   X̄ᵀD = z̄ K⁺ UᵀD + (1 − P_z̄) X̄′ᵀD,     K = z̄ᵀz̄,
///
/// where X̄′ᵀD has rows N(0, DᵀD), independent of all else. (Lu 2021, arXiv 2101.07464, has the
/// idea.) With R Rᵀ = DᵀD and N (r × (n+1)) normal,
///
///   XᵀD = (N Rᵀ) + c z̃ C,     C = K⁺ (UᵀD − z̄ᵀ N Rᵀ),
///
/// as rows R N + c Cᵀ z̃ (Q × n), drawn block by block of the n neurons that X receives from.
class TransposedProduct {
 public:
  /// Writes z̃ of a block, P × size.
  using PresynapticBlock = std::function<void(std::int64_t block, at::Tensor& out)>;

  struct Known {
    const KernelInverse& inverse;  ///< K⁺
    Eigen::MatrixXd products;      ///< UᵀD, P × Q
    double weight_scale = 0.0;     ///< c
    double bias_scale = 0.0;       ///< b
    PresynapticBlock presynaptic;
  };

  /// `gram`: DᵀD, Q × Q; `order`: of its rows, for its root; `layer`: that X belongs to.
  TransposedProduct(const NetworkId& id, std::int64_t layer, const GradientRows& rows,
                    const Eigen::MatrixXd& gram, const std::vector<Eigen::Index>& order,
                    Known known, const NeuronBlocks& blocks, at::ScalarType dtype, int threads);

  /// Writes a block of XᵀD, Q × size.
  void draw(std::int64_t block, at::Tensor& out) const;

 private:
  /// Σ_j z̃_j N_jᵀ, P × r
  Eigen::MatrixXd normals_seen(int threads) const;
  void draw_normals(std::int64_t block, const at::Tensor& out) const;

  NormalStream stream_;
  GradientRows rows_;
  NeuronBlocks blocks_;
  at::ScalarType dtype_;
  Known known_;
  std::int64_t rank_;
  at::Tensor coefficients_;  ///< [R, c Cᵀ], Q × (r + P)
};

}  // namespace wideproof::sim
