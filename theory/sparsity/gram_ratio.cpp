// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/gram_ratio.hpp>

#include <wideproof/theory/neurons/packed_triangle.hpp>

namespace wideproof::theory {
namespace {

/// Coefficients of the packed entries: each stands for (a, b) and (b, a).
Eigen::VectorXd packed_coefficients(const Eigen::MatrixXd& matrix) {
  Eigen::VectorXd packed(packed_size(matrix.rows()));
  for (Eigen::Index b = 0; b < matrix.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      packed(packed_index(a, b)) = (a == b ? 1 : 2) * matrix(a, b);
    }
  }
  return packed;
}

}  // namespace

model::WideNumber GramRatio::number(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& covariance,
                                    const Eigen::MatrixXd& bias) const {
  const Eigen::VectorXd x = packed_coefficients(numerator);
  const Eigen::VectorXd y = packed_coefficients(denominator);
  const double size = denominator.cwiseProduct(gram).sum();
  const double ratio = of(gram);
  const double xx = x.dot(covariance * x);
  const double xy = x.dot(covariance * y);
  const double yy = y.dot(covariance * y);
  model::WideNumber number{ratio, (xx - 2 * ratio * xy + ratio * ratio * yy) / (size * size)};
  if (bias.size() > 0) {
    const double of_entries = (numerator - ratio * denominator).cwiseProduct(bias).sum();
    number.bias = of_entries / size + (ratio * yy - xy) / (size * size);
  }
  return number;
}

}  // namespace wideproof::theory
