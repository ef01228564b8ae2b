// SPDX-License-Identifier: MIT
#pragma once

#include <array>

namespace wideproof::theory {

/// Moments of a standard normal above a threshold: e_0 = Q(h), and with (x)₊⁰ = 1(x > 0)
///
///   e_p(h) = E[(u−h)₊^p],   e_1 = g(h) − h e_0,   e_{p+1} = p e_{p−1} − h e_p   (Stein)
///
/// for p ≤ Order.
template <int Order>
std::array<double, Order + 1> tail_moments(double density, double tail, double h) {
  std::array<double, Order + 1> e{tail};
  if constexpr (Order > 0) e[1] = density - h * tail;
  for (std::size_t p = 1; p < Order; ++p) e[p + 1] = static_cast<double>(p) * e[p - 1] - h * e[p];
  return e;
}

/// Moments of two thresholded standard normals u, v of correlation c ∈ [−1, 1],
///
///   m_pq = E[(u−τ)₊^p (v−τ)₊^q],     p + q ≤ 4,   (x)₊⁰ = 1(x > 0),
///
/// so that m_00 = L_τ(c), m_01 = M_τ(c), m_11 = k_τ(c). By Stein's identity
/// E[uF] = E[∂_u F] + c E[∂_v F], with the conditional moments b_q = E[(v−τ)₊^q | u = τ],
///
///   m_{1,q}   = g(τ) b_q + c q m_{0,q−1} − τ m_{0,q}                 q ≥ 1
///   m_{p+1,q} = p m_{p−1,q} + c q m_{p,q−1} − τ m_{p,q}              p, q ≥ 1
///   m_{p+1,0} = [p m_{p−1,0}, or g(τ) b_0 for p = 0] + c g(τ) b_p − τ m_{p,0}.
///
/// Each step loses a factor of about τ² of relative precision to cancellation; the tests hold all
/// moments to 1e-13 for active fractions from 1e-4 to 0.9.
class TruncatedMoments {
 public:
  /// `tau` finite; |c| beyond 1 is taken as 1.
  TruncatedMoments(double tau, double c);

  double tau() const { return tau_; }
  double correlation() const { return c_; }
  double density() const { return density_; }  ///< g(τ)

  double operator()(int p, int q) const { return m_[index(p)][index(q)]; }  ///< m_pq
  double single(int p) const { return e_[index(p)]; }        ///< e_p = E[(u−τ)₊^p]
  double at_threshold(int q) const { return b_[index(q)]; }  ///< b_q

  /// E[u² (u−τ)₊^p], p ≤ 2.
  double square_times_own(int p) const;
  /// E[u² (v−τ)₊^q], q ≤ 2: u = cv + √(1−c²)w with w independent.
  double square_times_other(int q) const;
  /// E[u² (u−τ)₊^p (v−τ)₊^q], p, q ≥ 0 and p + q ≤ 2; both factors restrict.
  double square_times(int p, int q) const;

 private:
  static constexpr std::size_t index(int p) { return static_cast<std::size_t>(p); }

  double tau_;
  double c_;
  double density_;
  std::array<double, 5> e_{};
  std::array<double, 5> b_{};
  std::array<std::array<double, 5>, 5> m_{};
};

}  // namespace wideproof::theory
