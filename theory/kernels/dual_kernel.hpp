// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>

namespace wideproof::theory {

/// E[φ(u)φ(v)] for centred jointly Gaussian u, v: the covariance that an activation hands on.
///
/// With variances q_a, q_b, covariance k and c = k/√(q_a q_b):
///
///   thresholded_relu   √(q_a q_b) k_τ(c), thresholds τ√q_a and τ√q_b (all three threshold rules
///                      have this limit)
///   thresholded_step   L_τ(c)
///   relu               √(q_a q_b) k_0(c)
///   erf                (2/π) asin(2k/√((1+2q_a)(1+2q_b)))        (Williams 1997)
///   tanh               TanhKernel
///   linear             k
///   sparse_projection  ProjectionKernel, or ShiftedSignKernel
class DualKernel {
 public:
  virtual ~DualKernel() = default;

  virtual double operator()(double qa, double qb, double covariance) const = 0;

  /// E[φ(u_a)φ(u_b)] for all pairs of a P × P covariance matrix.
  virtual Eigen::MatrixXd gram(const Eigen::MatrixXd& covariance) const;

  /// Σ_{γ≠0} B(γ) E[φ(u_a)φ(v_b)], the pair having covariance A(γ) K_ab: what the lateral filters
  /// add to gram(), P × P.
  virtual Eigen::MatrixXd lateral_gram(const Eigen::MatrixXd& covariance,
                                       const LateralSum& sum) const;

  /// What takes a run of covariances k_ab to Σ_terms weight · E[φ(u_a)φ(v_b)], in place, the pair
  /// having covariance scaling · k_ab.
  using EntryMap = std::function<void(Eigen::Ref<Eigen::ArrayXd>)>;

  /// The map of entries a ≠ b where all inputs have the variance q, for about `entries` of them:
  /// gram() with the one term {1, 1}, and lateral_gram() with LateralSum::others(). It may refer to
  /// this kernel.
  virtual EntryMap entry_map(double q, const std::vector<LateralTerm>& terms,
                             Eigen::Index entries) const;

  /// What a pair of common variance q, apart by δ, has less than one that coincides:
  ///
  ///   E[φ(u)φ(v)] at covariance A q  −  the same at covariance A q (1−δ),     A = `scaling`,
  ///
  /// to a relative precision of some 1e-14 for A = 1 and small δ, so that 1 − c of near inputs
  /// keeps its digits; for A < 1 to that share of the drop at A = 1. Exactly 0 at δ = 0. The
  /// activations of make_dual_kernel have it so; here it is the difference itself.
  virtual double drop(double q, double scaling, double delta) const {
    return (*this)(q, q, scaling * q) - (*this)(q, q, scaling * q * (1 - delta));
  }

  /// What takes a run of deficits δ to Σ_terms weight · drop(q, scaling, δ), in place: the
  /// deficits' counterpart of entry_map().
  virtual EntryMap drop_map(double q, const std::vector<LateralTerm>& terms,
                            Eigen::Index entries) const;

  /// Value at unit variances of Σ_γ B(γ) E[φφ] for an input with itself.
  double unit_sum(const LateralSum& sum) const {
    return sum([this](double c) { return (*this)(1.0, 1.0, c); }, 1.0);
  }

  /// Variances whose squares, and what errors of 1e-7 add to them, are normal doubles.
  static constexpr double largest_in_double = 0x1p450;

  /// Up to which variance of h the kernel is computed.
  virtual double largest_variance() const { return largest_in_double; }

  /// lim (1/n) #{i : z_i > 0}
  virtual double active_fraction() const { return 0.5; }
  /// The same where h has this variance; active_fraction() where that does not matter, else at 1.
  virtual double active_fraction_at(double) const { return active_fraction(); }
};

/// The kernel of the network's activation, at its active fraction.
std::unique_ptr<DualKernel> make_dual_kernel(const model::Network& network);

/// A symmetric P × P matrix from `entry(a, b)`, called for a ≤ b only.
template <class Entry>
Eigen::MatrixXd symmetric_matrix(Eigen::Index count, const Entry& entry) {
  Eigen::MatrixXd result(count, count);
  for (Eigen::Index b = 0; b < count; ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) result(a, b) = entry(a, b);
  }
  result.triangularView<Eigen::StrictlyLower>() = result.transpose();
  return result;
}

}  // namespace wideproof::theory
