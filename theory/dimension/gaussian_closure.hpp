// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/activation.hpp>
#include <wideproof/theory/dimension/covariance_moments.hpp>

namespace wideproof::theory {

/// One layer of given weights, its fields taken as Gaussian over the inputs:
///
///   Δ = WCWᵀ,  μ = Wm + b − t,  m_i' = ∫Dx φ(√Δ_ii x + μ_i),
///   C_ii' = ∫Dx φ² − m_i'²,  C_ij' = Cov[φ(u), φ(v)],  u, v normal of covariance Δ_ij
///
/// exact at the first layer, and in deeper ones as N grows where φ is odd (CommonModes tell what is
/// missing elsewhere). Thresholded activations take
/// t = τ√(Σ_i (Δ_ii + μ_i²)/N), μ before t is taken off.
///
/// Covariances are Mehler's series in c = Δ_ij/√(Δ_iiΔ_jj), as long as |c| asks for 1e-13
/// √(V_iV_j). Pairs for which `most_terms` of it may leave more than `accuracy` √(V_iV_j) go to
/// pair_covariance(), which takes any c.
class GaussianClosure {
 public:
  static constexpr double accuracy = 1e-10;
  static constexpr Eigen::Index most_terms = 128;

  /// τ is read by thresholded activations.
  explicit GaussianClosure(model::Activation activation, double tau = 0)
      : activation_(activation), tau_(tau) {}

  /// W is units × N, b has one entry a unit.
  GaussianEnsemble operator()(const Eigen::MatrixXd& weights, const GaussianEnsemble& inputs,
                              const Eigen::VectorXd& biases) const;

 private:
  model::Activation activation_;
  double tau_;
};

}  // namespace wideproof::theory
