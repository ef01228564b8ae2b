// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>

namespace wideproof::theory {

/// Variances of a centred Gaussian pair (u, v) and its correlation c, as what that lacks of 1 and
/// has in excess of −1: near pairs and nearly opposite ones keep their digits.
struct GaussianPair {
  double qa = 1.0;
  double qb = 1.0;
  double lack = 0.0;    ///< 1 − c, in [0, 2]
  double excess = 2.0;  ///< 1 + c

  /// Covariances beyond ±√(q_a q_b) are taken as at it.
  static GaussianPair of(double qa, double qb, double covariance) {
    const double c = std::clamp(covariance / (std::sqrt(qa) * std::sqrt(qb)), -1.0, 1.0);
    return {qa, qb, 1 - c, 1 + c};
  }
  /// Of one variance and the correlation 1 − δ.
  static GaussianPair of_deficit(double q, double delta) {
    const double lack = std::clamp(delta, 0.0, 2.0);
    return {q, q, lack, 2 - lack};
  }

  double correlation() const { return lack <= 1 ? 1 - lack : excess - 1; }
  double norm() const { return qa == qb ? qa : std::sqrt(qa) * std::sqrt(qb); }  ///< √(q_a q_b)
  double covariance() const { return norm() * correlation(); }
  double square_lack() const { return lack * excess; }  ///< 1 − c²
  double angle() const { return 2 * std::atan2(std::sqrt(lack), std::sqrt(excess)); }  ///< arccos c

  /// (q_a + q_b)/2 − k, half the variance of u − v.
  double half_difference() const { return half_mismatch() + norm() * lack; }
  /// (q_a + q_b)/2 + k, half the variance of u + v.
  double half_sum() const { return half_mismatch() + norm() * excess; }

 private:
  double half_mismatch() const {
    const double difference = std::sqrt(qa) - std::sqrt(qb);
    return 0.5 * difference * difference;
  }
};

}  // namespace wideproof::theory
