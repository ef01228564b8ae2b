// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/kernel_root.hpp>

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>

namespace wideproof::sim {
namespace {

/// Above it rounding of a kernel by 10⁻¹⁶ moves Cholesky's factor by no more than 10⁻¹⁰.
constexpr double clear_pivot = 1.1e-6;

/// Cholesky's factor of a kernel of unit diagonal, its columns in that order.
KernelRoot ordered_root(const Eigen::MatrixXd& kernel, const std::vector<Eigen::Index>& order,
                        double zero) {
  const Eigen::Index size = kernel.rows();
  Eigen::ArrayXd left = kernel.diagonal();  // of K − S Sᵀ
  Eigen::MatrixXd root = Eigen::MatrixXd::Zero(size, size);
  KernelRoot result{{}, 1.0, true};
  Eigen::Index columns = 0;
  for (Eigen::Index place = 0; place < size; ++place) {
    const Eigen::Index input = order[static_cast<std::size_t>(place)];
    const double pivot = left(input);
    const double weight = std::clamp((pivot - zero) / (3 * zero), 0.0, 1.0);
    result.smallest_pivot = std::min(result.smallest_pivot, weight > 0 ? pivot : 0.0);
    if (weight > 0) {
      const auto known = root.leftCols(columns);
      Eigen::ArrayXd column = kernel.col(input) - known * known.row(input).transpose();
      column *= weight / std::sqrt(pivot);
      const Eigen::ArrayXd most = left.max(0).sqrt();
      column = column.max(-most).min(most);
      left -= column.square();
      root.col(place) = column;
      columns = place + 1;
    }
    left(input) = 0;
  }
  result.matrix = root.leftCols(columns);
  return result;
}

/// kernel_root() in the order that `order()` tells, if it is asked for.
template <class Order>
KernelRoot root_in(const Eigen::MatrixXd& kernel, const Order& order, double resolution) {
  if (!kernel.allFinite()) return {kernel, 0.0};
  const Eigen::VectorXd norms = kernel.diagonal().cwiseSqrt();
  const Eigen::VectorXd inverse =
      norms.unaryExpr([](double norm) { return norm > 0 ? 1 / norm : 0.0; });
  const Eigen::MatrixXd scaled = inverse.asDiagonal() * kernel * inverse.asDiagonal();
  const Eigen::LLT<Eigen::MatrixXd> cholesky(scaled);
  if (cholesky.info() == Eigen::Success) {
    const double smallest = cholesky.matrixLLT().diagonal().array().square().minCoeff();
    if (smallest > clear_pivot) {
      const Eigen::MatrixXd factor = cholesky.matrixL();
      return {norms.asDiagonal() * factor, smallest};
    }
  }
  const double zero = resolution * static_cast<double>(std::max<Eigen::Index>(kernel.rows(), 64));
  auto root = ordered_root(scaled, order(), zero);
  root.matrix = norms.asDiagonal() * root.matrix;
  return root;
}

}  // namespace

KernelRoot kernel_root(const Eigen::MatrixXd& kernel, const InputOrder& order, double resolution) {
  return root_in(kernel, order, resolution);
}

KernelRoot kernel_root(const Eigen::MatrixXd& kernel, const std::vector<Eigen::Index>& order,
                       double resolution) {
  return root_in(
      kernel, [&]() -> const std::vector<Eigen::Index>& { return order; }, resolution);
}

}  // namespace wideproof::sim
