// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <vector>

#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/theory/neurons/neuron_features.hpp>

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
/// (the (2f−1)/g belongs to interpolation at position (n−1)(1−f)). Of half the squared distance,
/// (aa) − (ab), where v and Cov(φ_a, δt) − Cov(1_aφ_b, δt) =: x take part,
///
///   same neuron   −2(μ−M)d − 2n x + (f−L−gb_1) v + L (v−w),
///   two neurons   −2f n [Cov(φ_a, δt) − Cov(φ_b, δt)] + f²(v−w),
///
/// to relative precision however near the inputs are. Correlated receiving neurons, A ≠ δ, multiply
/// all of it by Σ_δ A(δ)² under the rule std, which depends on squares of h alone. For quantiles,
/// sums over the neighbours δ ≠ 0 come on top, α = A(δ):
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
    double norm = 0;      ///< of (aa) and (bb)
    double distance = 0;  ///< of (aa) − (ab)

    double product() const { return norm - distance; }  ///< of (ab)
  };
  struct Bias {
    Entries same;  ///< of (1/n) Σ_i φ_a(i) φ_b(i)
    /// Of φ_a(i) φ_b(j), i ≠ j: what each unit of m = Σ_{γ≠0} B(γ) adds. For A = δ.
    Entries two;
  };

  explicit ThresholdBias(const NeuronResponse& response,
                         const model::LateralFilter& postsynaptic = {});

  Bias operator()(const NeuronFeatures& features) const;

 private:
  /// δt of one input, and n Cov of it with this input's 1_a, φ_a.
  struct Error {
    double mean, variance, with_active, with_value;
    double with_own_value;  ///< the same as with_value, neighbours included
  };
  /// What changes from one input to another: v − w, and n Cov of δt with φ_a − φ_b, 1_a(φ_a − φ_b).
  struct Change {
    double variance, with_value, with_both;
  };
  struct Node {
    double u;
    double weight;  ///< du W(u)
  };

  Error error() const;
  Change change_of_std(const DifferenceMoments& m) const;
  Change change_of_quantile(const DifferenceMoments& m) const;
  double lost_with_neighbours(double delta) const;
  double weight_at(double u) const;
  void set_nodes();

  NeuronResponse response_;
  double squared_sum_;                   ///< Σ_δ A(δ)²
  double uniform_degree_;                ///< m of a uniform A
  std::map<double, double> neighbours_;  ///< how many δ ≠ 0 have each A(δ)
  /// Over u from τ on, for W(u) = g(u) Σ_{δ≠0} [P(u_δ > τ | u) − f]; empty without neighbours.
  std::vector<Node> nodes_;
  Error error_{};
};

}  // namespace wideproof::theory
