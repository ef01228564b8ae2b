// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace wideproof::theory {

/// Σ_k c_k T_k(t) on [low, high], t from −1 to 1.
class ChebyshevPiece {
 public:
  ChebyshevPiece() = default;
  /// Interpolates f at `points` Chebyshev points.
  ChebyshevPiece(const std::function<double(double)>& f, double low, double high,
                 std::size_t points);

  double operator()(double s) const;

  /// Value at s + length less that at s, to a relative precision of about that of a derivative.
  double rise(double s, double length) const;

  /// value_at_low + ∫_low^s factor · σ (this)(σ) dσ
  ChebyshevPiece moment_integral(double value_at_low, double factor) const;

 private:
  /// Leaves out last terms that do not matter to a double.
  void trim();

  double centre_ = 0.0;
  double inverse_half_ = 1.0;
  std::vector<double> c_;
};

}  // namespace wideproof::theory
