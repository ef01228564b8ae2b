// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/pair_kernel.hpp>

#include <cmath>
#include <numbers>

namespace wideproof::theory {

PairKernel::PairKernel(const NeuronResponse& response, const NeuronFeatures& features,
                       double degree)
    : value(features.mean_square + degree * features.mean_value * features.mean_value),
      deficit(features.drop / value),
      deficit_by_deficit(1 / value),
      delta_(features.delta) {
  if (response.linear) return;
  const DifferenceMoments& m = *features.moments;
  const double tau = response.tau;
  const double root = std::sqrt(m.squared_sine());
  deficit_by_deficit = m.both_active() / value;
  if (root == 0) {
    if (!response.is_homogeneous()) set_fixed(tau, m, degree, 0);
    return;
  }
  // k''(c) √(1−c²)
  const double joint = 0.5 * std::numbers::inv_pi * std::exp(-tau * tau / (2 - delta_));
  deficit_by_deficits = -joint / (root * value);
  if (!response.is_homogeneous()) set_fixed(tau, m, degree, joint * root);
}

void PairKernel::set_fixed(double tau, const DifferenceMoments& m, double degree, double joint) {
  const double g = m.density();
  const double f = m.single(0);
  const double mean = m.single(1);
  const double missed = m.alone(1);
  const double both = m.both_active();
  const double edge = tau * g * m.at_threshold(0);
  const double unit = 1 / value;
  norm_by_norm = unit * (f + degree * mean * g);
  norm_curvature = unit * (0.5 * tau * g + 0.5 * degree * g * (g + mean * (tau * tau - 1)));
  const double lean = deficit * norm_curvature;
  deficit_by_norm = unit * tau * (missed - deficit * mean * (1 + degree * f));
  deficit_by_norms = unit * (0.5 * tau * missed + 0.5 * tau * tau * m.curvature()) - lean -
                     2 * norm_by_norm * deficit_by_norm;
  deficit_by_both = unit * (both * (1 - norm_by_norm) + edge);
  deficit_by_contrasts =
      unit * ((1 - delta_) * (both + edge) + 0.5 * tau * g +
              0.5 * (joint - g * (tau * tau - 1) * m.at_threshold(1)) + degree * g * g) -
      lean - (1 - deficit) * norm_by_norm * norm_by_norm;
}

Eigen::Vector3d PairKernel::product_gradient() const {
  // Along s, where δ stays: K_aa, K_ab and K_bb grow as 1, c, 1, and H_ab as (1 − δ') s' − x'.
  const double along = (1 - deficit) * norm_by_norm - deficit_by_norm;
  const double diagonal = 0.5 * (along - (1 - delta_) * deficit_by_deficit);
  return value * Eigen::Vector3d(diagonal, deficit_by_deficit, diagonal);
}

}  // namespace wideproof::theory
