// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/common_modes.hpp>

#include <cmath>

#include <wideproof/theory/dimension/layer_average.hpp>
#include <wideproof/theory/dimension/quenched_response.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::ThresholdRule;

/// Derivatives of a neuron's m and V.
struct Slopes {
  double mean_by_mean;  // ∂m/∂μ
  double mean_by_variance;
  double variance_by_mean;
  double variance_by_variance;
  double passing_by_mean;  // of P(h > 0)
  double passing_by_variance;
};

Slopes slopes_of(Activation activation, double mean, double slope, double variance,
                 double mean_field) {
  const double root = std::sqrt(variance);
  const double density = normal_density(mean_field / root) / root;
  const double passing_by_variance = -0.5 * density * mean_field / variance;
  if (activation == Activation::thresholded_step) {
    return {
        slope,   passing_by_variance, slope * (1 - 2 * mean), passing_by_variance * (1 - 2 * mean),
        density, passing_by_variance};
  }
  return {slope,   0.5 * density,      2 * mean * (1 - slope), slope - mean * density,
          density, passing_by_variance};
}

/// Averages over neurons of the functions that modes are made of, f = (∂m/∂μ, z ∂m/∂μ, ∂m/∂Δ), and
/// of the same derivatives of V and of P(h > t).
struct ModeAverages {
  Eigen::Matrix3d overlaps = Eigen::Matrix3d::Zero();   // ⟨f fᵀ⟩
  Eigen::Vector3d means = Eigen::Vector3d::Zero();      // ⟨f⟩
  Eigen::Vector3d with_mean = Eigen::Vector3d::Zero();  // ⟨m f⟩
  Eigen::Vector3d variance = Eigen::Vector3d::Zero();
  Eigen::Vector3d passing = Eigen::Vector3d::Zero();
};

ModeAverages mode_averages(Activation activation, double threshold, double variance,
                           double field_square) {
  const auto nodes = field_nodes(activation, variance, field_square, threshold);
  ModeAverages averages;
  for (Eigen::Index k = 0; k < nodes.z.size(); ++k) {
    const double z = nodes.z(k);
    const double w = nodes.weights(k);
    const double mean_field = nodes.mean_fields(k);
    const auto one = quenched_response(activation, variance, mean_field);
    const auto s = slopes_of(activation, one.mean, one.slope, variance, mean_field);
    const Eigen::Vector3d f(s.mean_by_mean, z * s.mean_by_mean, s.mean_by_variance);
    averages.overlaps += w * f * f.transpose();
    averages.means += w * f;
    averages.with_mean += w * one.mean * f;
    averages.variance +=
        w * Eigen::Vector3d(s.variance_by_mean, z * s.variance_by_mean, s.variance_by_variance);
    averages.passing +=
        w * Eigen::Vector3d(s.passing_by_mean, z * s.passing_by_mean, s.passing_by_variance);
  }
  return averages;
}

/// q^a of modes whose fields move by s + k z, and their variance by D: rows (s, k, D).
Eigen::VectorXd threshold_shifts(ThresholdRule rule, double tau, double variance,
                                 double field_square, const Eigen::MatrixX3d& modes,
                                 const ModeAverages& averages) {
  if (rule == ThresholdRule::fixed) return Eigen::VectorXd::Zero(modes.rows());
  if (rule == ThresholdRule::quantile) return modes * averages.passing / averages.passing(0);
  return tau / std::sqrt(variance + field_square) *
         (std::sqrt(field_square) * modes.col(1) + modes.col(2) / 2);
}

}  // namespace

void CommonModes::pass(const Layer& layer) {
  const bool has_threshold = model::is_thresholded(activation_);
  const double g2 = layer.weight_variance;
  const double threshold =
      has_threshold ? tau_ * std::sqrt(layer.variance + layer.field_square) : 0;
  const auto averages = mode_averages(activation_, threshold, layer.variance, layer.field_square);

  const Eigen::Index before = strengths_.size();
  Eigen::MatrixX3d modes = Eigen::MatrixX3d::Zero(before + 1, 3);
  modes(before, 0) = 1;
  if (before > 0) {
    if (layer.field_square > 0) {
      modes.col(1).head(before) = g2 / std::sqrt(layer.field_square) *
                                  (with_mean_ + layer.degree * layer.input_mean * averages_);
    }
    modes.col(2).head(before) = g2 * variations_;
  }
  if (has_threshold) {
    modes.col(0) -=
        threshold_shifts(rule_, tau_, layer.variance, layer.field_square, modes, averages);
  }
  Eigen::MatrixXd rest = -modes.col(1) * modes.col(1).transpose();
  if (before > 0) {
    rest.topLeftCorner(before, before) +=
        g2 * (overlaps_ + layer.degree * averages_ * averages_.transpose());
  }
  overlaps_ = averages.overlaps(0, 0) * rest + modes * averages.overlaps * modes.transpose();
  with_mean_ = modes * averages.with_mean;
  averages_ = modes * averages.means;
  variations_ = modes * averages.variance;
  strengths_.conservativeResize(before + 1);
  strengths_(before) = layer.strength;
}

double CommonModes::strength_ratio(double variance) const {
  const Eigen::MatrixXd shares = overlaps_ / variance;
  return strengths_.dot(shares.cwiseAbs2() * strengths_);
}

}  // namespace wideproof::theory
