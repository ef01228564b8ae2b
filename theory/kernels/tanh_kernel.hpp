// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include <wideproof/theory/kernels/dual_kernel.hpp>

namespace wideproof::theory {

/// Hermite coefficients of x ↦ tanh(√q x), a_r = E[tanh(√q x) He_r(x)]/√(r!), for odd r (the even
/// ones vanish).
///
/// The expectation is a trapezoidal sum, whose error falls like exp(−2πd/h) with the distance d of
/// the poles from the real axis. Coefficients are taken until Parseval's tail E[tanh²] − Σ a_r² is
/// at most `largest_tail`.
class TanhSeries {
 public:
  static constexpr double largest_tail = 1e-12;
  static constexpr int largest_order = 16384;
  static constexpr double slope_tail = 1e-15;
  /// a_r² falls like exp(−π√(r/q)): up to here largest_order reaches the tail.
  static constexpr double largest_variance = 200;

  /// Takes at least `least_count` coefficients. Throws InputError for q above largest_variance,
  /// before it computes any: their cost grows like q^{3/2}.
  explicit TanhSeries(double q, std::size_t least_count = 0);

  /// With as many coefficients as the drops of near inputs need. These rest on the series
  /// Σ r a_r² = q E[tanh'²(√q x)]: coefficients are taken until about `slope_tail` of it is
  /// missing. Orders end at twice largest_order, which is enough up to q = 100.
  static TanhSeries for_drops(double q);

  /// coefficients()[j] is a_{2j+1}.
  const std::vector<double>& coefficients() const { return coefficients_; }
  double mean_square() const { return mean_square_; }  ///< E[tanh²(√q x)]
  double tail() const;                                 ///< mean_square() − Σ a_r²

 private:
  TanhSeries() = default;
  /// Whether the orders below `orders` are enough. `enough` is given Parseval's tail and the last
  /// coefficient's share r a_r²/Σ r a_r².
  template <class Enough>
  bool expand(double q, int orders, const Enough& enough);

  std::vector<double> coefficients_;
  double mean_square_ = 0.0;
};

/// E[tanh u tanh v] = Σ_{r odd} a_r(q_a) a_r(q_b) c^r  (Mehler), c = k/√(q_a q_b).
///
/// Both series are as long as the longer one, so that what is left out is at most the geometric
/// mean of two Parseval tails (Cauchy–Schwarz), 1e-12; nothing is left out at c = ±1 and equal
/// variances, where the tail is added. The lateral sum costs no more than the Gram matrix: its
/// terms merge into the weights Σ_γ B(γ) A(γ)^r.
///
/// Drops sum w_r (1 − x^r), x = 1 − δ and w_r = a_r² times that weight, as 1 − x^{2j+1} =
/// δ + δ(2−δ) Σ_{i<j} x^{2i+1} allows without cancellation: with T_i = Σ_{j≥i} w_{2j+1},
///
///   δ [T_0 + (2−δ) x Σ_i T_{i+1} x^{2i}].
class TanhKernel final : public DualKernel {
 public:
  double largest_variance() const override { return TanhSeries::largest_variance; }
  double operator()(double qa, double qb, double covariance) const override;
  Eigen::MatrixXd gram(const Eigen::MatrixXd& covariance) const override;
  Eigen::MatrixXd lateral_gram(const Eigen::MatrixXd& covariance,
                               const LateralSum& sum) const override;
  EntryMap entry_map(double q, const std::vector<LateralTerm>& terms,
                     Eigen::Index entries) const override;
  double drop(double q, double scaling, double delta) const override;
  EntryMap drop_map(double q, const std::vector<LateralTerm>& terms,
                    Eigen::Index entries) const override;
};

}  // namespace wideproof::theory
