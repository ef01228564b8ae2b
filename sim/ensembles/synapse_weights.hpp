// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::sim {

/// The synapses from n sending to N receiving units in one layer of a network.
struct SynapseLayer {
  std::int64_t number = 1;  ///< from 1; 0 makes an ensemble of inputs
  std::int64_t units = 0;   ///< N
  std::int64_t inputs = 0;  ///< n; N but where inputs have a dimension of their own
  double variance = 1.0;    ///< g²
};

/// The weights W, N × n, of one layer of the network that a NetworkId names, before they learn
/// (model::Synapses; Zhou & Huang, arXiv 2006.11569). With x_ij and y_k independent standard
/// normals, s_i = 1 or, of mixed signs, as many 1 as −1 in random order,
///
///   u_ij = √(1−c) x_ij + √c s_i y_j   (across receiving units)
///   u_ij = √(1−c) x_ij + √c y_i s_j   (across sending units)
///
///   gaussian     W_ij = (g/√n) u_ij,  c = ρ
///   binary       W_ij = (g/√n) sign u_ij,  c = sin(πρ/2),  since ⟨sign u sign u'⟩ = (2/π) asin c
///   orthogonal   W = g √(m/n) Q_{:N,:n},  Q by Haar's measure on O(m), m = max(N, n)
///
/// so that ⟨W_ik W_jk⟩ = (g²/n) ρ s_i s_j or ⟨W_ik W_il⟩ = (g²/n) ρ s_k s_l, ρ = correlation_at(N).
class SynapseWeights {
 public:
  /// `synapses` are valid at N. `dtype`: float32 or float64. An orthogonal matrix is made here.
  SynapseWeights(const model::Synapses& synapses, const NetworkId& id, const SynapseLayer& layer,
                 at::ScalarType dtype, int threads);

  /// Rows first … first + count − 1 of W, as a tensor of their own.
  at::Tensor rows(std::int64_t first, std::int64_t count) const;

 private:
  SynapseLayer layer_;
  bool is_binary_;
  double common_;  ///< c
  NormalStream stream_;
  at::ScalarType dtype_;
  at::Tensor receiving_;   ///< N: s, or y of sending units; undefined where c = 0
  at::Tensor sending_;     ///< n: y, or s
  at::Tensor orthogonal_;  ///< W
};

/// s of the `size` units whose correlation has signs: those on the side that the weights are
/// correlated across.
std::vector<double> synapse_signs(const model::Synapses& synapses, const NetworkId& id,
                                  std::int64_t layer, std::int64_t size);

}  // namespace wideproof::sim
