// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::theory {

// Dense symmetric problems in double through LAPACK: the only file that knows of it. Matrices are
// N × N, their lower triangle alone is read. LAPACK runs on as many threads as its BLAS is set to.

/// L of A = L Lᵀ into the lower triangle of `matrix`; N³/3 operations (dpotrf). False where a pivot
/// is not positive: A is not positive definite to rounding, and `matrix` is lost.
[[nodiscard]] bool factor_cholesky(Eigen::MatrixXd& matrix);

/// A⁻¹ `right` into `right` (N × k), `factor` being what factor_cholesky() left (dpotrs).
void solve_cholesky(const Eigen::MatrixXd& factor, Eigen::MatrixXd& right);

/// Eigenvalues of `matrix`, ascending; its columns become the eigenvectors (dsyevd).
/// Throws std::runtime_error if the iteration does not end.
Eigen::VectorXd diagonalise(Eigen::MatrixXd& matrix);

/// The band matrix T of A = Q T Qᵀ, Q orthogonal, by (w + 1) × N numbers: entry (d, j) is
/// T(j + d, j). `matrix` is lost; `vectors` (N × k) becomes Qᵀ `vectors`.
///
/// w is at most 64: products of matrices do nearly all of the 4N³/3 operations (dsytrd_sy2sb),
/// where the reduction to w = 1 spends half of them on products with vectors.
Eigen::MatrixXd reduce_to_band(Eigen::MatrixXd& matrix, Eigen::MatrixXd& vectors);

/// Eigenvalues of the matrix that reduce_to_band() returned, ascending, by O(wN²) operations
/// (dsytrd_sb2st, dsterf). Throws std::runtime_error if the iteration does not end.
Eigen::VectorXd band_eigenvalues(Eigen::MatrixXd band);

/// T⁻¹ `right` into `right` (N × k) for a band matrix, by O(w²N) operations (dpbsv). False where T
/// is not positive definite to rounding, and `right` is lost.
[[nodiscard]] bool solve_band(Eigen::MatrixXd band, Eigen::MatrixXd& right);

}  // namespace wideproof::theory
