// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>

namespace wideproof::theory {

/// E[φ'(u)φ'(v)] for centred jointly Gaussian u, v: what an activation makes of gradients, and the
/// derivative of DualKernel by the covariance (Price's theorem).
///
/// With variances q_a, q_b, covariance k and c = k/√(q_a q_b):
///
///   thresholded_relu   L_τ(c), whatever the variances
///   relu               L_0(c) = (π − arccos c)/2π
///   erf                (4/π)/√((1+2q_a)(1+2q_b) − 4k²)
///   tanh               Σ_{r odd} r a_r(q_a) a_r(q_b) c^{r−1}/√(q_a q_b), a_r of TanhSeries
///   linear             1
///
/// A step has no derivative but 0 where it has one.
class DerivativeKernel {
 public:
  virtual ~DerivativeKernel() = default;

  virtual double operator()(double qa, double qb, double covariance) const = 0;

  /// The same for a pair of common variance q and covariance A q (1−δ), A = `scaling` ∈ [−1, 1],
  /// δ ∈ [0, 2]: right to a few 1e-15 however near the pair is, where L_τ falls like √δ.
  virtual double of_pair(double q, double scaling, double delta) const {
    return (*this)(q, q, scaling * q * (1 - delta));
  }

  /// What takes a run of deficits δ to Σ_terms weight · of_pair(q, scaling, δ), in place, for about
  /// `entries` of them. It may refer to this kernel. Of rectifiers many entries go through
  /// DerivativeInterpolant, to its error_bound() for each unit of Σ|weight|.
  virtual DualKernel::EntryMap pair_map(double q, const std::vector<LateralTerm>& terms,
                                        Eigen::Index entries) const;
};

/// That of the network's activation, at its active fraction. Throws InputError naming
/// network.activation for a step.
std::unique_ptr<DerivativeKernel> make_derivative_kernel(const model::Network& network);

/// The terms B(γ)A(γ) k'(A(γ)c), γ ≠ 0, of the derivative of LateralSum's F; those with A(γ) = 0
/// are left out.
std::vector<LateralTerm> derivative_terms(const LateralSum& sum);

}  // namespace wideproof::theory
