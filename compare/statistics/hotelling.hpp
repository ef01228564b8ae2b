// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

namespace wideproof::compare {

/// A summand of a covariance matrix: positive multiple of a sample covariance, estimated with its
/// own degrees of freedom.
struct CovariancePart {
  Eigen::MatrixXd matrix;
  double degrees_of_freedom = 0.0;
};

/// Test that the mean of a normal vector d of p components is 0, its covariance C = Σ_w C_w a sum
/// of independent estimates with ν_w degrees of freedom each. All is scaled to a unit diagonal of C
/// first, R = D^{−1/2} C D^{−1/2}. C has as many degrees of freedom as a Wishart matrix with its
/// second moments (Nel and van der Merwe, Commun. Statist. Theory Meth. 15, 1986):
///
///   ν = (tr C² + tr² C) / Σ_w (tr C_w² + tr² C_w)/ν_w
///
/// With r the number of eigenvalues of R above `smallest_eigenvalue`, and where ν ≥ 10 r or r = 1,
/// the statistic is Hotelling's in those directions,
///
///   T² = dᵀR⁻¹d,   T² (ν − r + 1)/(ν r) ~ F(r, ν − r + 1)
///
/// With fewer degrees of freedom R⁻¹ is mostly noise, and the statistic is the regularised one of
/// Chen, Paul, Prentice and Wang (JASA 106, 2011) in all p directions,
///
///   T² = dᵀ(R + λI)⁻¹d,   λ = p/ν,   m = tr (R + λI)⁻¹ / p,   m' = tr (R + λI)⁻² / p
///   Θ1 = (1 − λm)/(1 − γ(1 − λm)),   γ = (p + 1)/ν
///   Θ2 = (1 − λm)/(1 − γ + γλm)³ − λ(m − λm')/(1 − γ + γλm)⁴
///
/// with mean pΘ1 and variance 2pΘ2 to leading order in p, ν → ∞ (there γ = p/ν; the 1 makes the
/// mean exact for λ = 0), and Θ2 at least Θ1², as no quadratic form of p normal numbers varies
/// less. λ does not look at d. The tail is that of a multiple of F(b, D) with these moments,
/// D = ν − p(1 − λm) + 1, which is Hotelling's own law for λ → 0; or of a gamma law where no such b
/// exists.
struct JointTest {
  static constexpr double smallest_eigenvalue = 1e-6;

  double statistic = 0.0;           ///< T²
  Eigen::Index rank = 0;            ///< r, or p where λ > 0
  double ridge = 0.0;               ///< λ; 0 for Hotelling's own
  double degrees_of_freedom = 0.0;  ///< ν
  double p_value = 1.0;
  bool resampled = false;  ///< p_value is bootstrap_p's
};

/// At least one part.
Eigen::MatrixXd sum_of(const std::vector<CovariancePart>& parts);

/// The parts are p × p. Without a component p = 1; where a number is not finite, or the sum's
/// diagonal not positive, p is NaN, which neither rejects nor agrees.
JointTest test_jointly(const Eigen::VectorXd& difference, const std::vector<CovariancePart>& parts);

/// T² of another difference and covariance, with the rank or the ridge of `like`.
double joint_statistic(const Eigen::VectorXd& difference, const Eigen::MatrixXd& covariance,
                       const JointTest& like);

/// The T² that chance exceeds with probability `level`, by the law of `like`, a test that could be
/// made, of numbers of that covariance.
double critical_statistic(double level, const JointTest& like, const Eigen::MatrixXd& covariance);

}  // namespace wideproof::compare
