// SPDX-License-Identifier: MIT
#include <wideproof/sim/kernel_root.hpp>

#include <cmath>

#include <Eigen/Cholesky>

namespace wideproof::sim {
namespace {

/// Cholesky with the largest remaining pivot first, stopped at the first that counts as zero.
Eigen::MatrixXd pivoted_root(const Eigen::MatrixXd& kernel, double smallest_pivot) {
  const Eigen::Index size = kernel.rows();
  Eigen::VectorXd left = kernel.diagonal();  // of K − S Sᵀ
  Eigen::MatrixXd root(size, size);
  for (Eigen::Index rank = 0; rank < size; ++rank) {
    Eigen::Index pivot = 0;
    if (!(left.maxCoeff(&pivot) > smallest_pivot)) return root.leftCols(rank);
    const auto known = root.leftCols(rank);
    Eigen::VectorXd column = kernel.col(pivot) - known * known.row(pivot).transpose();
    column /= std::sqrt(left(pivot));
    // A row whose pivot is past has nothing left but rounding.
    column = (left.array() > 0).select(column, 0);
    left.array() -= column.array().square();
    left(pivot) = 0;
    root.col(rank) = column;
  }
  return root;
}

}  // namespace

Eigen::MatrixXd kernel_root(const Eigen::MatrixXd& kernel, double tolerance) {
  const double smallest_pivot = tolerance * kernel.diagonal().maxCoeff();
  const Eigen::LLT<Eigen::MatrixXd> cholesky(kernel);
  if (!kernel.allFinite()) return kernel;
  const bool full_rank =
      cholesky.info() == Eigen::Success &&
      cholesky.matrixLLT().diagonal().array().square().minCoeff() > smallest_pivot;
  if (full_rank) return cholesky.matrixL();
  return pivoted_root(kernel, smallest_pivot);
}

}  // namespace wideproof::sim
