// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/theory/neuron_response.hpp>
#include <wideproof/theory/truncated_moments.hpp>

namespace wideproof::theory {

/// What estimating the threshold from the layer itself adds to the mean of a pair's Gram, given the
/// kernel: lim n·(E Ĝ − G) of the entries (aa), (ab), (bb) at unit variances and correlation c.
/// From the second order of (u − τ − δt)₊(v − τ − δt')₊ in the thresholds' errors, with d = n E δt,
/// v = n Var δt, w = n Cov(δt, δt'):
///
///   same neuron   −2Md − 2n Cov(1_aφ_b, δt) + g b_1 v + L w
///   two neurons   −2fμd − 2n [μ Cov(1_a, δt) + f Cov(φ_b, δt)] + gμv + f²w,
///
/// where 1_a = 1(u>τ), b_1 = E[(v−τ)₊ | u=τ], and for independent neurons, with IF of
/// NeuronResponse, n Cov(x, δt) = Cov(x, IF(u)) and
///
///   fixed      0
///   std        d = −τ/4,  v = τ²/2,  w = τ²c²/2
///   quantile   d = (2f−1)/g + τv/2,  v = f(1−f)/g²,  w = (L−f²)/g²
///
/// (the (2f−1)/g belongs to interpolation at position (n−1)(1−f)). Correlated receiving neurons,
/// A ≠ δ, multiply all of it by Σ_δ A(δ)² under the rule std, which depends on squares of h alone.
/// For quantiles, sums over the neighbours δ ≠ 0 come on top, α = A(δ):
///
///   v, w   (L_τ(α) − f²)/g²,  (L_τ(αc) − f²)/g²
///   d      −(Q(τ√((1−α)/(1+α))) − f)/g, from the empirical density at τ; v is the new one
///   n Cov(1_aφ_b, δt)   Cov(1_aφ_b, 1(u_δ>τ))/g
///
/// and for a uniform A = m/n their slopes at α = 0, times m, which amount to −m k_τ(c): a quantile
/// follows the neurons' common part.
class ThresholdBias {
 public:
  struct Entries {
    Eigen::Vector3d same;  ///< of (1/n) Σ_i φ_a(i) φ_b(i)
    /// Of φ_a(i) φ_b(j), i ≠ j: what each unit of m = Σ_{γ≠0} B(γ) adds. For A = δ.
    Eigen::Vector3d two;
  };

  explicit ThresholdBias(const NeuronResponse& response,
                         const model::LateralFilter& postsynaptic = {});

  Entries operator()(double c) const;

 private:
  /// δt, and n Cov of it with one neuron's 1_a, φ_b and 1_aφ_b.
  struct Error {
    double mean, variance, covariance;
    double with_active, with_value, with_both;
  };
  struct Node {
    double u;
    double weight;  ///< du g(u) Σ_{δ≠0} [P(u_δ > τ | u) − f]
  };

  Error error_of_std(const TruncatedMoments& m) const;
  Error error_of_quantile(const TruncatedMoments& m) const;
  Eigen::Vector2d entry(double c) const;  ///< same and two
  void set_nodes();

  NeuronResponse response_;
  double squared_sum_;                   ///< Σ_δ A(δ)²
  double uniform_degree_;                ///< m of a uniform A
  std::map<double, double> neighbours_;  ///< how many δ ≠ 0 have each A(δ)
  std::vector<Node> nodes_;              ///< over u from τ on; empty without neighbours
  Eigen::Vector2d at_one_;
};

}  // namespace wideproof::theory
