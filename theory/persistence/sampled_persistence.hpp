// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/model/sparsity/persistence_numbers.hpp>
#include <wideproof/theory/persistence/neuron_group.hpp>

namespace wideproof::theory {

struct PersistenceDraws {
  std::int64_t count = 100;  ///< at least 2
  std::uint64_t seed = 0;    ///< of streams that nothing else reads
};

struct SampledPersistence {
  model::PersistenceNumbers mean = {};
  model::PersistenceNumbers standard_error = {};
  std::int64_t draws = 0;
};

/// As many draws as give means of random networks of N neurons to about a thousandth: fewer of
/// large networks, which vary less and take N² M each.
std::int64_t draws_of_persistence(std::int64_t neurons);

/// Regularisers of the persistence of random networks in the limit: neurons of layer l are
/// independent draws of h ~ N(0, K_l) over the M samples, layers independent of each other, and z
/// their response. Neurons are drawn, K_l = S Sᵀ of its eigenvectors, so that samples may coincide,
/// and
///
///   ρ_ij = z̃_i·z̃_j/(‖z̃_i‖‖z̃_j‖),  z̃ = z − mean(z),   tree by Prim in O(N²)
///
/// are those of that draw, triangles and all. A neuron that is constant has ρ = 0 with every other.
///
/// Layers of networks of width n have links of 1/√n with each other, and kernels that are off by as
/// much and so of fewer dimensions: their numbers differ from these by O(1/n) at the same N, more
/// with each layer. Of ReLUs with Glorot's weights, 10 outputs, 256 digits, these beside 60 sampled
/// networks in brackets (errors .8, .0008, .0003):
///
///   450-350-200          T1 −565.9 (−547.9)   T2 −.2374 (−.2265)   mean |ρ| .0996 (.1036)
///   300-250-200-150-100     −582.3 (−540.5)      −.2390 (−.2129)            .0949 (.1036)
///
/// Throws InputError naming "neurons" where there are fewer than 2, "samples" unless M ≥ 3, "the
/// samples' variance" where a layer tells no two samples apart, "a" unless it lies in [0, 1].
SampledPersistence sampled_persistence(const std::vector<NeuronGroup>& groups, double a = 0.5,
                                       const PersistenceDraws& draws = {});

}  // namespace wideproof::theory
