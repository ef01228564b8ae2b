// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/theory/neuron_response.hpp>

namespace wideproof::theory {

/// E[φ(u_a)φ(v_b)] as a function of a pair's kernel entries x = (K_aa, K_ab, K_bb), u and v having
/// covariance A K_ab, with gradient and Hessian at x = (1, c, 1).
///
/// Where the threshold scales with the norm, E = √(K_aa K_bb) k_τ(A K_ab/√(K_aa K_bb)). A fixed one
/// stays where it is, and the derivatives are Price's: ∂/∂K_ab acts as A ∂_u∂_v, ∂/∂K_aa as ½∂_u²
/// under the expectation, with (u−τ)₊'' = δ(u−τ).
///
/// Second derivatives diverge like (1−c²)^{−1/2} at c = ±1. There a kernel's fluctuation leaves its
/// correlation as it is, and the Hessian is what is left on such fluctuations, (x, ±x, x).
struct PairKernel {
  PairKernel(const NeuronResponse& response, double c, double scaling);

  double value;
  Eigen::Vector3d gradient;
  Eigen::Matrix3d hessian;
};

}  // namespace wideproof::theory
