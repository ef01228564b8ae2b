// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/kernel_inverse.hpp>

#include <cmath>
#include <limits>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

namespace wideproof::sim {
namespace {

/// Of the kernel scaled to a unit diagonal. Above it Cholesky's factor keeps ten digits.
constexpr double clear_inverse_pivot = 1e-6;

/// As where CollapsedLayer sums in double.
constexpr double small_inverse_pivot = 1e-3;

}  // namespace

KernelInverse::KernelInverse(const Eigen::MatrixXd& kernel, double resolution) {
  const Eigen::Index size = kernel.rows();
  if (!kernel.allFinite()) {
    matrix_.setConstant(size, size, std::numeric_limits<double>::quiet_NaN());
    return;
  }
  const Eigen::VectorXd scale = kernel.diagonal().unaryExpr(
      [](double variance) { return variance > 0 ? 1 / std::sqrt(variance) : 0.0; });
  const Eigen::MatrixXd scaled = scale.asDiagonal() * kernel * scale.asDiagonal();
  const Eigen::LLT<Eigen::MatrixXd> cholesky(scaled);
  const double smallest = cholesky.info() == Eigen::Success
                              ? cholesky.matrixLLT().diagonal().array().square().minCoeff()
                              : 0.0;
  is_nearly_singular_ = smallest < small_inverse_pivot;
  if (smallest > clear_inverse_pivot) {
    matrix_ = cholesky.solve(Eigen::MatrixXd::Identity(size, size));
  } else {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(scaled);
    const double lost = static_cast<double>(size) * resolution * eigen.eigenvalues()(size - 1);
    const Eigen::VectorXd inverse =
        eigen.eigenvalues().unaryExpr([&](double x) { return x > lost ? 1 / x : 0.0; });
    matrix_ = eigen.eigenvectors() * inverse.asDiagonal() * eigen.eigenvectors().transpose();
  }
  matrix_ = scale.asDiagonal() * matrix_ * scale.asDiagonal();
}

}  // namespace wideproof::sim
