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

/// Which of m columns are not what the others make of them, and what all are in an orthonormal
/// basis of those that are kept.
struct IndependentColumns {
  std::vector<Eigen::Index> kept;  ///< in the order that they were taken in
  Eigen::MatrixXd coefficients;    ///< kept × m
  Eigen::MatrixXd from_kept;       ///< kept × kept: the basis is the kept columns times this
  double largest_dropped = 0.0;    ///< ‖what is left of a dropped column‖/its norm, at most
};

/// Gram and Schmidt's. `columns`: r × m, each what is left of a vector of that entry of `norms`,
/// and off by some rounding of that norm. The next column taken is the first one of which no less
/// than 0.3679 of the largest share of its norm is left: so rounding of none is blown up in what is
/// left of the others. Where no more than `tolerance` is left of any, they are dropped. Columns
/// that are no numbers are kept.
IndependentColumns independent_columns(Eigen::MatrixXd columns, const Eigen::VectorXd& norms,
                                       double tolerance);

}  // namespace wideproof::train
