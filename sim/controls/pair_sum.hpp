// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <wideproof/sim/controls/gaussian_pair_table.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>

namespace wideproof::sim {

/// Mean of a sum over pairs of neurons, taken as unit normals of which those at the offset γ have
/// correlation A(γ)c for two inputs of correlation c: for `product`
///
///   Σ_γ B(γ) k(A(γ) c) = E[(1/n) (F_Bᵀz)_a · (F_Bᵀz)_b],    z = (h − τ)₊,
///
/// over all n offsets of the layer, which is exact at any width; `gated` likewise, and `coactive`
/// is the derivative of `product`, Σ_γ A(γ) B(γ) L(A(γ) c).
///
/// A and B are what the convolvers make of one active neuron: B = F_B F_Bᵀ δ, A = F_A F_Aᵀ δ; both
/// lie on one sheet, as model::Network has it.
class PairSum {
 public:
  /// Each neuron with itself: γ = 0 alone, A = B = 1.
  explicit PairSum(std::shared_ptr<const GaussianPairTable> table);

  PairSum(std::shared_ptr<const GaussianPairTable> table, const LateralConvolver& presynaptic,
          const LateralConvolver& postsynaptic, std::int64_t width);

  PairMeans operator()(double correlation) const;

 private:
  struct Term {
    double postsynaptic = 1.0;  ///< A
    double presynaptic = 1.0;   ///< B, summed over the offsets of that A
  };

  std::shared_ptr<const GaussianPairTable> table_;
  std::vector<Term> terms_;
  PairMeans uncorrelated_;  ///< what offsets of A = 0 add
};

}  // namespace wideproof::sim
