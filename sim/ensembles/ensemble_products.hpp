// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include <ATen/core/Tensor.h>

#include <wideproof/model/dimension/synapses.hpp>
#include <wideproof/sim/ensembles/synapse_weights.hpp>
#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// out = W x, N × M, of all samples x (n × M, contiguous) at once: `rows(first, count)` gives a
/// block of rows of W and is called on any of `threads` threads. The same bits on any number of
/// them.
void direct_product(const at::Tensor& x, int threads,
                    const std::function<at::Tensor(std::int64_t first, std::int64_t count)>& rows,
                    at::Tensor& out);

/// out = a sample of W x, N × M, given x (n × M) and not W, which is as SynapseWeights draws it by
/// the Gaussian law: exact, at N·M normals in place of N·n. With K = (g²/n) xᵀx = S Sᵀ (M × M), ρ
/// the correlation and X, ξ standard normals, N × r and r,
///
///   h_i = √(1−ρ) S X_i + √ρ s_i S ξ                                   (across receiving units)
///   h_i = S' X_i,   S' S'ᵀ = (1−ρ) K + ρ (g²/n) t tᵀ,   t_a = Σ_k s_k x_ka    (sending)
///
/// The root is Cholesky's (KernelRoot). K is made of products in the dtype `products`, double
/// where x nearly coincide and what they differ by counts; others are in x's. The same bits on any
/// number of threads.
void collapsed_product(const model::Synapses& synapses, const NetworkId& id,
                       const SynapseLayer& layer, const at::Tensor& x, at::ScalarType products,
                       int threads, at::Tensor& out);

/// Rows of W that direct_product() asks for at a time.
std::int64_t rows_of_weights(std::int64_t units, std::int64_t inputs, std::int64_t samples);

}  // namespace wideproof::sim
