// SPDX-License-Identifier: MIT
#include <wideproof/theory/pair_kernel.hpp>

#include <cmath>
#include <numbers>

namespace wideproof::theory {

PairKernel::PairKernel(const NeuronResponse& response, const NeuronFeatures& features,
                       double degree)
    : value(features.mean_square + degree * features.mean_value * features.mean_value),
      deficit(features.drop / value),
      norm_by_norm(value),
      deficit_by_deficit(1),
      deficit_by_deficits(0),
      deficit_by_contrasts(value - features.drop - (1 - features.delta)),
      delta_(features.delta) {
  if (response.linear) return;
  const DifferenceMoments& m = *features.moments;
  const double tau = response.tau;
  const double root = std::sqrt(m.squared_sine());
  // k''(c) √(1−c²)
  const double joint =
      root == 0 ? 0 : 0.5 * std::numbers::inv_pi * std::exp(-tau * tau / (2 - delta_));
  deficit_by_deficit = m.both_active();
  deficit_by_deficits = root == 0 ? 0 : -joint / root;
  if (response.is_homogeneous()) {
    deficit_by_contrasts = value - features.drop - (1 - delta_) * m.both_active();
  } else {
    set_fixed(tau, m, degree, joint * root);
  }
}

void PairKernel::set_fixed(double tau, const DifferenceMoments& m, double degree, double joint) {
  const double g = m.density();
  const double f = m.single(0);
  const double mean = m.single(1);
  const double missed = m.alone(1);
  norm_by_norm = f + degree * mean * g;
  norm_curvature = 0.5 * tau * g + 0.5 * degree * g * (g + mean * (tau * tau - 1));
  deficit_by_norm = tau * (missed - deficit * mean * (1 + degree * f));
  deficit_by_norms =
      0.5 * tau * missed + 0.5 * tau * tau * m.curvature() - deficit * norm_curvature;
  deficit_by_both = tau * g * m.at_threshold(0);
  deficit_by_contrasts = 0.5 * tau * g + (1 - delta_) * tau * g * m.at_threshold(0) +
                         0.5 * (joint - g * (tau * tau - 1) * m.at_threshold(1)) + degree * g * g -
                         deficit * norm_curvature;
}

Eigen::Vector3d PairKernel::product_gradient() const {
  // Along s, where δ stays: K_aa, K_ab and K_bb grow as 1, c, 1, and H_ab = (1−δ')H_s − F r'.
  const double along = (1 - deficit) * norm_by_norm - deficit_by_norm;
  const double diagonal = 0.5 * (along - (1 - delta_) * deficit_by_deficit);
  return {diagonal, deficit_by_deficit, diagonal};
}

}  // namespace wideproof::theory
