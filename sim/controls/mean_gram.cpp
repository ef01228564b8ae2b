// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/mean_gram.hpp>

#include <algorithm>

namespace wideproof::sim {
namespace {

/// x_a + x_b
Eigen::ArrayXXd pair_sums(const Eigen::ArrayXd& x) {
  return x.replicate(1, x.size()) + x.transpose().replicate(x.size(), 1);
}

/// x_a y_b + y_a x_b
Eigen::ArrayXXd pair_products(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y) {
  const Eigen::MatrixXd one_way = x.matrix() * y.matrix().transpose();
  return (one_way + one_way.transpose()).array();
}

/// Norms whose squares could not be divided by count as zero: a mean that has all but vanished on
/// its way through fixed thresholds.
constexpr double least_norm = 1e-100;

Eigen::ArrayXd inverse_of(const Eigen::ArrayXd& norm) {
  return norm.unaryExpr([](double s) { return s > least_norm ? 1 / s : 0.0; });
}

}  // namespace

KernelPoint::KernelPoint(const Eigen::MatrixXd& kernel)
    : norm(kernel.diagonal().array().max(0).sqrt()), inverse_norm(inverse_of(norm)) {
  correlation = inverse_norm.matrix().asDiagonal() * kernel * inverse_norm.matrix().asDiagonal();
  correlation = correlation.max(-1).min(1);
  correlation.matrix().diagonal().setOnes();
}

MeanGram::MeanGram(const KernelPoint& at, const PairSum& pairs)
    : at_(at),
      norms_((at.norm.matrix() * at.norm.matrix().transpose()).array()),
      product_(norms_.rows(), norms_.cols()),
      slope_(product_),
      gated_(product_) {
  for (Eigen::Index b = 0; b < product_.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      const auto means = pairs(at.correlation(a, b));
      product_(a, b) = product_(b, a) = means.product;
      slope_(a, b) = slope_(b, a) = means.coactive;
      gated_(a, b) = gated_(b, a) = means.gated;
    }
  }
}

Eigen::MatrixXd MeanGram::at_own_thresholds() const {
  return (norms_ * product_).matrix();
}

Eigen::MatrixXd MeanGram::response(const Eigen::ArrayXd& shift) const {
  return (-gated_ * pair_products(shift, at_.norm)).matrix();
}

void MeanGram::set_thresholds(double tau, double fixed_norm) {
  if (fixed_norm == 0) return;
  // Inputs that hardly ever share an active neuron have k near 0 before M.
  constexpr double largest_elasticity = 3;
  elasticity_ = (gated_ / product_.max(1e-12)).max(-largest_elasticity).min(largest_elasticity);
  excess_ = tau * (1 - fixed_norm * at_.inverse_norm);
  excess_of_norm_ = tau * fixed_norm * at_.inverse_norm.square();
}

Eigen::MatrixXd MeanGram::mean() const {
  if (elasticity_.size() == 0) return at_own_thresholds();
  return (norms_ * product_ * (elasticity_ * pair_sums(excess_)).min(10).exp()).matrix();
}

Eigen::MatrixXd MeanGram::tangent(const Eigen::MatrixXd& direction) const {
  const Eigen::ArrayXd d_norm = direction.diagonal().array() * at_.inverse_norm / 2;
  const Eigen::ArrayXXd d_correlation =
      (at_.inverse_norm.matrix().asDiagonal() * direction * at_.inverse_norm.matrix().asDiagonal())
          .array() -
      at_.correlation * pair_sums(d_norm * at_.inverse_norm);
  Eigen::ArrayXXd change =
      product_ * pair_products(d_norm, at_.norm) + norms_ * slope_ * d_correlation;
  if (elasticity_.size() > 0) {
    const Eigen::ArrayXXd factor = (elasticity_ * pair_sums(excess_)).min(10).exp();
    change += norms_ * product_ * elasticity_ * pair_sums(excess_of_norm_ * d_norm);
    change *= factor;
  }
  return change.matrix();
}

Eigen::MatrixXd correlation_tangent(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& direction) {
  const KernelPoint point(gram);
  const Eigen::ArrayXd d_log_norm = direction.diagonal().array() * point.inverse_norm.square() / 2;
  Eigen::MatrixXd change = ((point.inverse_norm.matrix().asDiagonal() * direction *
                             point.inverse_norm.matrix().asDiagonal())
                                .array() -
                            point.correlation * pair_sums(d_log_norm))
                               .matrix();
  change.diagonal().setZero();
  return change;
}

}  // namespace wideproof::sim
