// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/statistics/hotelling.hpp>

namespace wideproof::compare {

// What a joint test that rejects rests on. The number farthest from its own prediction need not be
// the wrong one: T² is large where a combination of numbers is off by more than chance would move
// it. Below d is scaled by the standard errors, R its covariance, Q = R⁻¹ in the directions tested
// or (R + λI)⁻¹, so that T² = dᵀQd, and a = Qd.

/// How far number k is off, were all others as predicted: its difference less what the others'
/// differences let expect of it.
///
///   w = Qe_k/Q_kk,   wᵀd = d_k − Σ_j β_j d_j = a_k/Q_kk
///
/// To concede it takes a_k²/Q_kk from T². Its standard error and degrees of freedom are for
/// Hotelling's T² those of Rao's test of additional information (Biometrika 35, 1948),
///
///   (ν + T² − a_k²/Q_kk)/((ν − r + 1) Q_kk),   ν − r + 1
///
/// and for the regularised one, where the noise of R inflates w to leading order by the denominator
/// of JointTest's Θ1,
///
///   wᵀRw/(1 − γ(1 − λm))²,   ν − p(1 − λm) + 1
struct ConditionalDeviation {
  Eigen::Index index = 0;  ///< k
  double difference = 0.0;
  double standard_error = 0.0;
  double degrees_of_freedom = 0.0;
  double p_of_rest = 1.0;  ///< joint test of all numbers but this one
};

/// Of the number whose |wᵀd| is largest in standard errors. `test` is test_jointly's of the other
/// two, and could be made.
ConditionalDeviation sharpest_deviation(const Eigen::VectorXd& difference,
                                        const std::vector<CovariancePart>& parts,
                                        const JointTest& test);

/// The combination Σ_k w_k difference_k that is farthest off, w ∝ a over the standard errors,
/// Σ|w| = 1. Its interval is Scheffé's, which holds for all combinations at once: it is free of 0
/// wherever T² exceeds its critical value T²_c,
///
///   Σ_k w_k difference_k · (1 ± √(T²_c/T²))
struct Contrast {
  Eigen::VectorXd weights;
  std::vector<Eigen::Index> foremost;  ///< up to three numbers of the largest |a|, in that order
  double difference = 0.0;
  double half_width = 0.0;
};

Contrast worst_contrast(const Eigen::VectorXd& difference, const std::vector<CovariancePart>& parts,
                        const JointTest& test, double level);

}  // namespace wideproof::compare
