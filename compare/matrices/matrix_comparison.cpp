// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/matrix_comparison.hpp>

#include <cmath>
#include <limits>
#include <utility>

#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {

Eigen::MatrixXd norm_scale(const Eigen::MatrixXd& matrix) {
  const Eigen::VectorXd norm = matrix.diagonal().cwiseSqrt();
  return norm * norm.transpose();
}

MatrixComparison set_beside(MatrixEstimate estimate, const Eigen::MatrixXd& predicted,
                            double rounding, double rare) {
  MatrixComparison comparison;
  comparison.estimate = std::move(estimate);
  comparison.predicted = predicted;
  comparison.scale = norm_scale(predicted);
  comparison.z.setZero(predicted.rows(), predicted.cols());
  comparison.p.setOnes(predicted.rows(), predicted.cols());
  for (Eigen::Index b = 0; b < predicted.cols(); ++b) {
    for (Eigen::Index a = 0; a < predicted.rows(); ++a) {
      const double difference = comparison.difference(a, b);
      const double error = comparison.estimate.standard_error(a, b);
      double& z = comparison.z(a, b);
      double& p = comparison.p(a, b);
      if (!std::isfinite(difference) || !std::isfinite(error)) {
        z = p = std::numeric_limits<double>::quiet_NaN();
        continue;
      }
      const bool rounded = std::abs(difference) <= rounding * comparison.scale(a, b);
      if (rounded && error <= rounding * comparison.scale(a, b)) continue;
      z = difference / error;
      if (!rounded && !comparison.is_rare(a, b, rare)) {
        p = student_two_sided(z, comparison.estimate.degrees_of_freedom(a, b));
      }
    }
  }
  return comparison;
}

}  // namespace wideproof::compare
