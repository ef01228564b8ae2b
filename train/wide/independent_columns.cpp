// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/independent_columns.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/QR>

namespace wideproof::train {
namespace {

Eigen::MatrixXd upper_factor(const Eigen::MatrixXd& rows) {
  const Eigen::Index size = std::min(rows.rows(), rows.cols());
  const Eigen::HouseholderQR<Eigen::MatrixXd> factored(rows);
  return factored.matrixQR().topRows(size).triangularView<Eigen::Upper>();
}

/// What is left of each column, in units of its norm; without end where that is no number.
Eigen::ArrayXd shares_of(const Eigen::MatrixXd& left, const Eigen::VectorXd& norms) {
  Eigen::ArrayXd shares = left.colwise().norm().transpose();
  for (Eigen::Index j = 0; j < shares.size(); ++j) {
    if (shares(j) == 0) continue;
    shares(j) /= norms(j);
    if (!std::isfinite(shares(j))) shares(j) = std::numeric_limits<double>::infinity();
  }
  return shares;
}

/// Of shares that are as large but for rounding it takes the first, as sim::InputOrder does.
Eigen::Index first_of_largest(const Eigen::ArrayXd& shares) {
  const double enough = .3679 * shares.maxCoeff();
  Eigen::Index first = 0;
  while (!(shares(first) >= enough)) ++first;
  return first;
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

IndependentColumns independent_columns(Eigen::MatrixXd left, const Eigen::VectorXd& norms,
                                       double tolerance) {
  IndependentColumns result;
  result.coefficients = Eigen::MatrixXd::Zero(left.cols(), left.cols());
  Eigen::MatrixXd basis(left.rows(), left.cols());
  for (Eigen::Index rank = 0; rank < left.cols(); ++rank) {
    const Eigen::ArrayXd shares = shares_of(left, norms);
    const Eigen::Index next = first_of_largest(shares);
    if (shares(next) <= tolerance) {
      result.largest_dropped = shares(next);
      break;
    }
    // Once more, for what rounding has left of the others in it.
    const auto known = basis.leftCols(rank);
    const Eigen::VectorXd along = known.transpose() * left.col(next);
    result.coefficients.col(next).head(rank) += along;
    const Eigen::VectorXd column = left.col(next) - known * along;
    basis.col(rank) = column / column.norm();
    result.coefficients.row(rank) = basis.col(rank).transpose() * left;
    result.coefficients(rank, next) = column.norm();
    for (const auto before : result.kept) result.coefficients(rank, before) = 0;
    left -= basis.col(rank) * result.coefficients.row(rank);
    left.col(next).setZero();
    result.kept.push_back(next);
  }
  const auto rank = static_cast<Eigen::Index>(result.kept.size());
  result.coefficients.conservativeResize(rank, Eigen::NoChange);
  const Eigen::MatrixXd of_kept = result.coefficients(Eigen::all, result.kept);
  result.from_kept =
      of_kept.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(rank, rank));
  return result;
}

}  // namespace wideproof::train
