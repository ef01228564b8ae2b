// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/vector_estimate.hpp>

#include <cassert>

namespace wideproof::compare {

VectorEstimate mean_of_rows(const Eigen::MatrixXd& rows) {
  assert(rows.rows() >= 2);
  const auto count = static_cast<double>(rows.rows());
  const Eigen::RowVectorXd mean = rows.colwise().mean();
  const Eigen::MatrixXd centred = rows.rowwise() - mean;
  return {mean.transpose(), centred.transpose() * centred / (count * (count - 1.0)), count - 1.0};
}

VectorEstimate log_mean_of_rows(const Eigen::MatrixXd& rows) {
  const auto count = static_cast<double>(rows.rows());
  const Eigen::RowVectorXd sum = rows.colwise().sum();
  const Eigen::RowVectorXd log_mean = (sum / count).array().log();
  const Eigen::MatrixXd log_without =
      (((-rows).rowwise() + sum) / (count - 1.0)).array().log().matrix();
  VectorEstimate result = mean_of_rows(((1.0 - count) * log_without).rowwise() + count * log_mean);
  result.degrees_of_freedom *= 3.0 / 5.0;
  return result;
}

Eigen::MatrixXd Combination::covariance() const {
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(value.size(), value.size());
  for (const CovariancePart& part : parts) sum += part.matrix;
  return sum;
}

Combination combine(const Eigen::MatrixXd& coefficients, const std::vector<VectorEstimate>& at) {
  assert(coefficients.cols() == static_cast<Eigen::Index>(at.size()));
  const Eigen::Index rows = coefficients.rows();
  const Eigen::Index p = at.front().value.size();
  Combination combination{Eigen::VectorXd::Zero(rows * p), {}};
  for (std::size_t w = 0; w < at.size(); ++w) {
    const Eigen::VectorXd a = coefficients.col(static_cast<Eigen::Index>(w));
    Eigen::MatrixXd part(rows * p, rows * p);
    for (Eigen::Index i = 0; i < rows; ++i) {
      combination.value.segment(i * p, p) += a[i] * at[w].value;
      for (Eigen::Index j = 0; j < rows; ++j)
        part.block(i * p, j * p, p, p) = a[i] * a[j] * at[w].covariance;
    }
    combination.parts.push_back({std::move(part), at[w].degrees_of_freedom});
  }
  return combination;
}

}  // namespace wideproof::compare
