// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

namespace wideproof::train {

/// R of x = Q R for x of m columns, Q orthonormal, from pieces of the rows of x: as accurate as
/// Householder's reflections, which a Gram of x is not. `+=` takes more rows.
class TriangularFactor {
 public:
  /// Of no rows.
  explicit TriangularFactor(Eigen::Index columns) : matrix_(0, columns) {}

  /// Of some rows, s × m.
  static TriangularFactor of(const Eigen::Ref<const Eigen::MatrixXd>& rows);

  TriangularFactor& operator+=(const TriangularFactor& other);

  /// R, at most m × m
  const Eigen::MatrixXd& matrix() const { return matrix_; }

 private:
  Eigen::MatrixXd matrix_;
};

/// Which of m columns, in their order, are not what those before make of them, and what they are in
/// an orthonormal basis of those that are kept.
struct IndependentColumns {
  std::vector<Eigen::Index> kept;  ///< rising
  Eigen::MatrixXd coefficients;    ///< kept × m
  Eigen::MatrixXd from_kept;       ///< kept × kept: the basis is the kept columns times this
  double largest_dropped = 0.0;    ///< ‖what is left of a dropped column‖/its norm, at most
};

/// `columns`: r × m; a column is dropped where no more than `tolerance` times its entry of `norms`
/// is left of it. Columns that are not numbers are kept.
IndependentColumns independent_columns(const Eigen::MatrixXd& columns, const Eigen::VectorXd& norms,
                                       double tolerance);

}  // namespace wideproof::train
