// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/independent_columns.hpp>

#include <algorithm>

#include <Eigen/QR>

namespace wideproof::train {
namespace {

Eigen::MatrixXd upper_factor(const Eigen::MatrixXd& rows) {
  const Eigen::Index size = std::min(rows.rows(), rows.cols());
  const Eigen::HouseholderQR<Eigen::MatrixXd> factored(rows);
  return factored.matrixQR().topRows(size).triangularView<Eigen::Upper>();
}

}  // namespace

TriangularFactor TriangularFactor::of(const Eigen::Ref<const Eigen::MatrixXd>& rows) {
  TriangularFactor factor(rows.cols());
  factor.matrix_ = upper_factor(rows);
  return factor;
}

TriangularFactor& TriangularFactor::operator+=(const TriangularFactor& other) {
  Eigen::MatrixXd both(matrix_.rows() + other.matrix_.rows(), matrix_.cols());
  both << matrix_, other.matrix_;
  matrix_ = upper_factor(both);
  return *this;
}

IndependentColumns independent_columns(const Eigen::MatrixXd& columns, const Eigen::VectorXd& norms,
                                       double tolerance) {
  IndependentColumns result;
  result.coefficients = Eigen::MatrixXd::Zero(columns.cols(), columns.cols());
  Eigen::MatrixXd basis(columns.rows(), columns.cols());
  Eigen::Index rank = 0;
  for (Eigen::Index j = 0; j < columns.cols(); ++j) {
    Eigen::VectorXd left = columns.col(j);
    for (int pass = 0; pass < 2; ++pass) {
      const Eigen::VectorXd along = basis.leftCols(rank).transpose() * left;
      left -= basis.leftCols(rank) * along;
      result.coefficients.col(j).head(rank) += along;
    }
    const double norm = left.norm();
    if (norm <= tolerance * norms(j)) {
      if (norm > 0) result.largest_dropped = std::max(result.largest_dropped, norm / norms(j));
      continue;
    }
    result.coefficients(rank, j) = norm;
    basis.col(rank++) = left / norm;
    result.kept.push_back(j);
  }
  result.coefficients.conservativeResize(rank, Eigen::NoChange);
  const Eigen::MatrixXd of_kept = result.coefficients(Eigen::all, result.kept);
  result.from_kept =
      of_kept.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(rank, rank));
  return result;
}

}  // namespace wideproof::train
