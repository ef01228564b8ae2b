// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/sim/numeric/input_order.hpp>

namespace wideproof::sim {

/// S with S Sᵀ = K, and how near K is to losing rank.
struct KernelRoot {
  Eigen::MatrixXd matrix;  ///< S, P × r
  /// The smallest pivot of the kernel scaled to a unit diagonal; 0 where an input is what those
  /// before it make it.
  double smallest_pivot = 0.0;
  bool in_order = false;  ///< whether its columns are those of the order
};

/// For a positive semidefinite kernel K (P × P): P normals of covariance K are S times r
/// independent ones. r ≤ P, and 0 for K = 0; not-a-number in K passes into S.
///
/// K is scaled to a unit diagonal first, so that inputs of any norm are treated alike. S is
/// Cholesky's factor: of the inputs as they are numbered where all pivots are clearly positive,
/// else of the inputs in `order`, whose columns it has, one a place. There a pivot p fades out
/// where it is what rounding makes of zero, and no entry exceeds what its input has left:
///
///   S_b = min(max(w(p) R_b/√p, −√p_b), √p_b),     w = 0 … 1 for p = z … 4z,     z = max(P, 64)
///   resolution,
///
/// R being column p of what is left of K and p_b its diagonal. So S is a continuous function of K,
/// and the same number of `order` meets the same row of normals whatever the rank: rounding moves
/// samples by rounding. What remains is the choice between the two orders, which hangs on the
/// seventh digit of a pivot.
///
/// `resolution` is what rounding leaves of a pivot that is 0: epsilon of double for a kernel that
/// is known to that, and the square of float32's for the Gram of neurons in float32.
KernelRoot kernel_root(const Eigen::MatrixXd& kernel, const InputOrder& order, double resolution);

/// The same in an order given by its numbers.
KernelRoot kernel_root(const Eigen::MatrixXd& kernel, const std::vector<Eigen::Index>& order,
                       double resolution);

}  // namespace wideproof::sim
