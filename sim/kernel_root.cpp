// SPDX-License-Identifier: MIT
#include <wideproof/sim/kernel_root.hpp>

#include <cmath>
#include <limits>

#include <Eigen/Cholesky>

namespace wideproof::sim {
namespace {

constexpr double tolerance = 16 * std::numeric_limits<double>::epsilon();

/// Cholesky with the largest remaining pivot first, stopped at the first that counts as zero.
Eigen::MatrixXd pivoted_root(const Eigen::MatrixXd& kernel) {
  const Eigen::Index size = kernel.rows();
  Eigen::VectorXd left = kernel.diagonal();  // of K − S Sᵀ
  Eigen::MatrixXd root(size, size);
  for (Eigen::Index rank = 0; rank < size; ++rank) {
    Eigen::Index pivot = 0;
    if (!(left.maxCoeff(&pivot) > tolerance)) return root.leftCols(rank);
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

KernelRoot kernel_root(const Eigen::MatrixXd& kernel) {
  if (!kernel.allFinite()) return {kernel, 0.0};
  const Eigen::VectorXd norms = kernel.diagonal().cwiseSqrt();
  const Eigen::VectorXd inverse =
      norms.unaryExpr([](double norm) { return norm > 0 ? 1 / norm : 0.0; });
  const Eigen::MatrixXd scaled = inverse.asDiagonal() * kernel * inverse.asDiagonal();
  const Eigen::LLT<Eigen::MatrixXd> cholesky(scaled);
  if (cholesky.info() == Eigen::Success) {
    const double smallest = cholesky.matrixLLT().diagonal().array().square().minCoeff();
    if (smallest > tolerance) {
      const Eigen::MatrixXd factor = cholesky.matrixL();
      return {norms.asDiagonal() * factor, smallest};
    }
  }
  return {norms.asDiagonal() * pivoted_root(scaled), 0.0};
}

}  // namespace wideproof::sim
