// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/theory/neuron_response.hpp>

namespace wideproof::theory {

/// Fluctuations of a Gram whose neurons are correlated along the layer, A ≠ δ:
///
///   Σ_δ Γ(A(δ)),    Γ(ρ) = Cov(ψ(u), ψ(u')),    Cov(u, u') = ρ (1 c; c 1),
///
/// u = (u_a, u_b) of one neuron, u' of its neighbour, ψ the influences of GramNoise; 3 × 3 over the
/// entries (aa), (ab), (bb) at unit variances. Γ(1) is a closed form; Γ(ρ) = E[T(w)T(w)ᵀ]
/// (ConditionalInfluence) is a trapezoidal sum over the plane, whose step resolves the kink of T,
/// of width √((1−ρ)/ρ). A uniform A = m/n leaves the first Hermite degree alone,
///
///   Γ(1) + m Γ'(0),    Γ'(0) = D (1 c; c 1) Dᵀ,    D = E[∂ψ/∂(u_a, u_b)],
///
/// and linear neurons have Γ(ρ) = ρ²Γ(1).
///
/// Γ is analytic in s = √(1−ρ) up to s = √2. With more than `most_nodes` values of A, or values so
/// near 1 that the kink is narrow, Γ is interpolated in s from `most_nodes` Chebyshev points and
/// Γ(1). Likewise, when the result is wanted for more than `most_angles` correlations, it is
/// interpolated in θ = arccos c. Relative to the largest entry of Γ(1) the sum is off by at most
/// `accuracy` times Σ|A(δ)|.
class LongRunCovariance {
 public:
  static constexpr double accuracy = 2e-6;
  static constexpr std::size_t most_nodes = 16;
  static constexpr std::ptrdiff_t most_angles = 32;

  LongRunCovariance(const model::LateralFilter& postsynaptic, const NeuronResponse& response,
                    std::ptrdiff_t evaluations);

  Eigen::Matrix3d operator()(double c) const;

  /// The sum itself, without interpolation over c.
  Eigen::Matrix3d direct(double c) const;

 private:
  /// One term weight·Γ(±rho).
  struct Node {
    double rho;
    double weight;
  };

  NeuronResponse response_;
  double weight_at_one_ = 1.0;    ///< of Γ(1)
  double weight_of_slope_ = 0.0;  ///< of Γ'(0)
  std::vector<Node> nodes_;
  std::vector<Eigen::Matrix3d> at_angles_;  ///< empty where direct() is called
};

/// Γ(ρ) for 0 < |ρ| < 1.
Eigen::Matrix3d neighbour_covariance(const NeuronResponse& response, double c, double rho);

}  // namespace wideproof::theory
