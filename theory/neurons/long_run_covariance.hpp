// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/theory/neurons/neuron_features.hpp>
#include <wideproof/theory/neurons/pair_covariance.hpp>

namespace wideproof::theory {

/// Fluctuations of a Gram whose neurons are correlated along the layer, A ≠ δ:
///
///   Σ_δ Γ(A(δ)),    Γ(ρ) = Cov(ψ(u), ψ(u')),    Cov(u, u') = ρ (1 c; c 1),
///
/// u = (u_a, u_b) of one neuron, u' of its neighbour, ψ the influences of GramNoise in the
/// coordinates of PairCovariance. Γ(1) is a closed form. ψ_s and ψ_a are sum and difference of
/// t(u) = φ²/2 − μIF, so that with C(ρ) = Cov(t(u), t(u')), exact for every filter,
///
///   Γ_aa = 2[C(ρ) − C(ρc)],    Γ_ss = 4C(ρ) − Γ_aa,    C' = E[t'(u) t'(u')],
///   C'(ρ) = k(ρ) − {0; μτ(2f − μτ)ρ; 2μb_1(ρ) − μ²k''(ρ)/g²}     (fixed; std; quantile).
///
/// Γ_sd and Γ_dd are E[T(w)T(w)ᵀ] (ConditionalInfluence), a trapezoidal sum over the plane, whose
/// step resolves the kink of T, of width √((1−ρ)/ρ). Of a uniform A = m/n the first Hermite degree
/// alone remains,
///
///   Γ(1) + m Γ'(0),    Γ'(0) = D (1 c; c 1) Dᵀ,    D = E[∂ψ/∂(u_a, u_b)],
///
/// and linear neurons have Γ(ρ) = ρ²Γ(1).
///
/// Γ_sd and Γ_dd are analytic in s = √(1−ρ) up to s = √2. With more than `most_nodes` values of A,
/// or values above `narrow`, where the kink is narrow, they are interpolated in s from `most_nodes`
/// Chebyshev points below it and Γ(1). Γ_sd/δ, Γ_dd/δ² and Γ_aa/δ are analytic in θ = arccos c, the
/// angle between the inputs: wanted for more than `most_angles` of these, they are interpolated in
/// θ, save Γ_aa of values above `narrow`; so are Γ_sd and Γ_dd at angles too small to take
/// differences. The sums are off by at most Σ|A(δ)| times `accuracy`, or times
/// `accuracy_near_one` where A has values above `narrow`, in units of the same number at ρ = 1 and
/// the same δ (for Γ_sd in units of √(Γ_ss Γ_dd)).
class LongRunCovariance {
 public:
  static constexpr double accuracy = 2e-6;
  static constexpr double accuracy_near_one = 1e-4;
  static constexpr double narrow = 1 - 0.12 * 0.12;
  static constexpr std::size_t most_nodes = 16;
  static constexpr std::ptrdiff_t most_angles = 32;

  LongRunCovariance(const model::LateralFilter& postsynaptic, const NeuronResponse& response,
                    std::ptrdiff_t evaluations);

  PairCovariance operator()(const NeuronFeatures& features) const;

 private:
  /// One term weight·Γ(±rho).
  struct Node {
    double rho;
    double weight;
  };
  /// Sums over δ ≠ 0 of Γ_sd/δ, Γ_dd/δ² and, over A ≤ `narrow`, Γ_aa/δ.
  using Scaled = Eigen::Array3d;

  double lost_by(double delta, double above) const;
  Scaled scaled_at(const NeuronFeatures& features) const;
  Scaled between_angles(double theta) const;

  NeuronResponse response_;
  double squared_sum_ = 1.0;             ///< of linear neurons, Σ_δ A(δ)²
  double weight_of_slope_ = 0.0;         ///< of Γ'(0)
  double own_weight_ = 0.0;              ///< of Γ(1) in what is interpolated
  std::map<double, double> neighbours_;  ///< how many δ ≠ 0 have each A(δ)
  double norm_of_neighbours_ = 0.0;      ///< Σ_{δ≠0} 4C(A(δ))
  std::vector<Node> nodes_;
  std::vector<Scaled> at_angles_;  ///< empty where nothing is interpolated in θ
};

/// Γ_sd(ρ) and Γ_dd(ρ) for 0 < |ρ| < 1, off by about 1e-15 δ however small δ is.
Eigen::Array2d neighbour_covariance(const NeuronResponse& response, const NeuronFeatures& features,
                                    double rho);

/// C(α) − C(αc) with c = 1 − δ, to relative precision: an integral over the angle φ of the
/// correlation sin φ.
double lost_covariance(const NeuronResponse& response, double alpha, double delta);

}  // namespace wideproof::theory
