// SPDX-License-Identifier: MIT
#include <wideproof/compare/weighted_fit.hpp>

#include <cassert>

#include <Eigen/QR>

namespace wideproof::compare {

WeightedFit fit_weighted(const Eigen::MatrixXd& design, const Eigen::VectorXd& observations,
                         const Eigen::VectorXd& variances) {
  const Eigen::Index rows = design.rows();
  const Eigen::Index columns = design.cols();
  assert(rows >= columns && observations.size() == rows && variances.size() == rows);
  assert((variances.array() > 0.0).all());

  const Eigen::VectorXd root_weight = variances.cwiseSqrt().cwiseInverse();
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(root_weight.asDiagonal() * design);
  const Eigen::MatrixXd q = qr.householderQ() * Eigen::MatrixXd::Identity(rows, columns);
  const Eigen::MatrixXd inverse_r =
      qr.matrixQR().topRows(columns).triangularView<Eigen::Upper>().solve(
          Eigen::MatrixXd::Identity(columns, columns));

  WeightedFit fit;
  fit.influence = inverse_r * q.transpose() * root_weight.asDiagonal();
  fit.coefficients = fit.influence * observations;
  fit.covariance = inverse_r * inverse_r.transpose();
  const Eigen::VectorXd residual = observations - design * fit.coefficients;
  fit.chi_squared = root_weight.cwiseProduct(residual).squaredNorm();
  fit.degrees_of_freedom = rows - columns;
  return fit;
}

Eigen::MatrixXd polynomial_design(const Eigen::VectorXd& x, int order) {
  Eigen::MatrixXd design(x.size(), order + 1);
  design.col(0).setOnes();
  for (int power = 1; power <= order; ++power)
    design.col(power) = design.col(power - 1).cwiseProduct(x);
  return design;
}

}  // namespace wideproof::compare
