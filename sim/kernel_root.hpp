// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::sim {

/// S with S Sᵀ = K, P × r, for a positive semidefinite kernel K of numerical rank r: P normals of
/// covariance K are S times r independent ones.
///
/// Pivots below `tolerance` times the largest diagonal entry count as zero: they are the rounding
/// of K's entries where inputs are collinear. The diagonal of K − S Sᵀ stays below that bound. r is
/// 0 for K = 0; not-a-number in K passes into S.
Eigen::MatrixXd kernel_root(const Eigen::MatrixXd& kernel, double tolerance);

}  // namespace wideproof::sim
