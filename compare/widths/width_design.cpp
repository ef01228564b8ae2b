// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/width_design.hpp>

#include <cassert>
#include <cmath>

#include <Eigen/QR>
#include <wideproof/compare/statistics/power_of_two.hpp>

namespace wideproof::compare {

WidthDesign fit_over_widths(const Eigen::MatrixXd& columns, const Eigen::VectorXd& weights) {
  const Eigen::Index rows = columns.rows();
  const Eigen::Index count = columns.cols();
  assert(rows >= count && weights.size() == rows && (weights.array() > 0.0).all());
  const Eigen::VectorXd root = weights.cwiseSqrt();
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(root.asDiagonal() * columns);
  const Eigen::MatrixXd q = qr.householderQ() * Eigen::MatrixXd::Identity(rows, rows);
  WidthDesign design;
  design.influence = qr.matrixQR().topRows(count).triangularView<Eigen::Upper>().solve(
      q.leftCols(count).transpose() * root.asDiagonal());
  design.contrasts = q.rightCols(rows - count).transpose() * root.asDiagonal();
  return design;
}

Eigen::MatrixXd inverse_width_columns(const std::vector<std::int64_t>& widths, int order,
                                      double power) {
  Eigen::MatrixXd columns(static_cast<Eigen::Index>(widths.size()), order + 1);
  for (Eigen::Index w = 0; w < columns.rows(); ++w)
    for (int term = 0; term <= order; ++term)
      columns(w, term) = std::pow(static_cast<double>(widths.front()) /
                                      static_cast<double>(widths[static_cast<std::size_t>(w)]),
                                  power * term);
  return columns;
}

LinearError linear_error(const Eigen::VectorXd& coefficients, const Eigen::VectorXd& variances,
                         const Eigen::VectorXd& degrees_of_freedom) {
  const Eigen::ArrayXd part = coefficients.array().square() * variances.array();
  // Squares of small variances are no doubles; a power of two rounds nothing.
  const double unit = power_of_two_below(part.maxCoeff());
  const Eigen::ArrayXd counted = part / unit;
  return {part.sum(),
          std::pow(counted.sum(), 2) / (counted.square() / degrees_of_freedom.array()).sum()};
}

}  // namespace wideproof::compare
