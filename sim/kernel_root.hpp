// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::sim {

/// S with S Sᵀ = K, and how near K is to losing rank.
struct KernelRoot {
  Eigen::MatrixXd matrix;  ///< S, P × r
  /// The smallest of the P pivots of the kernel scaled to a unit diagonal; 0 where r < P.
  double smallest_pivot = 0.0;
};

/// For a positive semidefinite kernel K (P × P) of numerical rank r: P normals of covariance K are
/// S times r independent ones.
///
/// K is scaled to a unit diagonal first, so that inputs of any norm are treated alike. Pivots below
/// 16 epsilon count as zero: they are the rounding of K's entries where inputs are collinear. r is
/// 0 for K = 0; not-a-number in K passes into S.
KernelRoot kernel_root(const Eigen::MatrixXd& kernel);

}  // namespace wideproof::sim
