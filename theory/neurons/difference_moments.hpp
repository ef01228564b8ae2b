// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>

namespace wideproof::theory {

/// Moments of the difference of two thresholded standard normals u, v of correlation 1 − δ, to
/// relative precision however small δ ∈ [0, 2] is. With φ_a = (u−τ)₊, φ_b = (v−τ)₊, Δ = φ_a − φ_b,
/// D = u − v, one part comes from where one alone is active, the other from where both are:
///
///   E[Δ²] = 2n_2 + E[D² 1_a1_b],      n_p = E[(u−τ)₊^p 1(v ≤ τ)].
///
/// Where both are active, D of variance 2δ is taken out by Stein's identity,
/// E[D F] = δ E[(∂_u − ∂_v) F], which leaves numbers that do not vanish with δ. The rest follows
/// from n_4 and n_3 downwards, which subtracts nothing for τ ≥ 0, with b_p = E[(v−τ)₊^p | u = τ],
///
///   p n_{p−1} = n_{p+1} + (1−δ) g b_p + τ n_p,      n_0 = n_2 + (1−δ) g b_1 + τ n_1,
///   n_p = r^{p+1} ∫₀^∞ z^p g(τ + rz) Q((1−δ)z − τr/(2−δ)) dz,      r² = δ(2−δ),
///
/// by Gauss–Legendre for δ ≤ 1. Beyond, n_p = E[(u−τ)₊^p] − m_p, m_p = E[(u−τ)₊^p 1(v > τ)] in the
/// same way with the other tail and sign of 1−δ for τ > 0, else that of TruncatedMoments.
class DifferenceMoments {
 public:
  /// Relative error for active fractions from 0.01 to 0.9; 1e-11 down to 1e-4.
  static constexpr double accuracy = 1e-13;

  DifferenceMoments(double tau, double delta);

  double delta() const { return delta_; }
  double squared_sine() const { return delta_ * (2 - delta_); }  ///< 1 − c²
  double density() const { return density_; }                    ///< g(τ)

  double single(int p) const { return e_[index(p)]; }        ///< e_p = E[(u−τ)₊^p], p ≤ 4
  double alone(int p) const { return n_[index(p)]; }         ///< n_p, p ≤ 4
  double at_threshold(int q) const { return b_[index(q)]; }  ///< b_q, q ≤ 3

  double both_active() const { return e_[0] - n_[0]; }      ///< L
  double step_times_relu() const { return e_[1] - n_[1]; }  ///< M
  double drop() const { return half_square_; }              ///< E[Δ²]/2 = k(1) − k(1−δ)
  double curvature() const { return curvature_; }           ///< f − L − g b_1

  double square_with_values() const { return with_values_; }    ///< E[Δ² (φ_a+φ_b)]
  double square_with_squares() const { return with_squares_; }  ///< E[Δ² (φ_a²+φ_b²)]
  double square_with_active() const { return with_active_; }    ///< E[Δ² (1_a+1_b)]
  double fourth() const { return fourth_; }                     ///< E[Δ⁴]
  double difference_of_squares() const { return of_squares_; }  ///< E[(φ_a²−φ_b²)²]

 private:
  static constexpr std::size_t index(int p) { return static_cast<std::size_t>(p); }

  void set_by_quadrature(double tau);

  double delta_;
  double density_;
  std::array<double, 5> e_{};
  std::array<double, 5> n_{};
  std::array<double, 4> b_{};
  double curvature_;
  double half_square_, with_values_, with_squares_, with_active_, fourth_, of_squares_;
};

}  // namespace wideproof::theory
