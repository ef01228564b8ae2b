// SPDX-License-Identifier: MIT
#include <wideproof/theory/pair_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <wideproof/theory/thresholded_relu_kernel.hpp>
#include <wideproof/theory/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// L'_τ(c) = E[δ(u−τ)δ(v−τ)], the density of (u, v) at the thresholds; 0 at c = ±1.
double joint_density(double tau, double c) {
  const double root = std::sqrt((1 - c) * (1 + c));
  if (root == 0) return 0;
  return 0.5 * std::numbers::inv_pi * std::exp(-tau * tau / (1 + c)) / root;
}

Eigen::Matrix3d symmetric(double aa, double ab, double a_ab) {
  Eigen::Matrix3d hessian;
  hessian << aa, a_ab, 0, a_ab, ab, a_ab, 0, a_ab, aa;
  return hessian;
}

}  // namespace

PairKernel::PairKernel(const NeuronResponse& response, double correlation, double scaling)
    : gradient(Eigen::Vector3d::Zero()), hessian(Eigen::Matrix3d::Zero()) {
  const double c = std::clamp(scaling * correlation, -1.0, 1.0);
  value = c;
  gradient(1) = scaling;
  if (response.linear) return;

  const double tau = response.tau;
  const ThresholdedReluKernel kernel(tau);
  const double both = kernel.derivative(c);
  const double joint = joint_density(tau, c);
  value = kernel(c);
  gradient(1) = scaling * both;
  if (response.is_homogeneous()) {
    const double radial = value - c * both;
    gradient(0) = gradient(2) = 0.5 * radial;
    hessian = symmetric(-0.25 * radial + 0.25 * c * c * joint, scaling * scaling * joint,
                        -0.5 * scaling * c * joint);
    hessian(0, 2) = hessian(2, 0) = 0.25 * radial + 0.25 * c * c * joint;
    return;
  }
  const TruncatedMoments m(tau, c);
  const double density = m.density();
  const double tail = m.at_threshold(0);
  const double excess = m.at_threshold(1);
  gradient(0) = gradient(2) = 0.5 * density * excess;
  // E[δ''(u−τ)(v−τ)₊] and E[δ'(u−τ)1(v>τ)]
  const double curvature =
      density * ((tau * tau - 1) * excess - 2 * tau * c * tail) + c * c * joint;
  const double slope = tau * density * tail - c * joint;
  hessian = symmetric(0.25 * curvature, scaling * scaling * joint, 0.5 * scaling * slope);
  hessian(0, 2) = hessian(2, 0) = 0.25 * joint;
}

}  // namespace wideproof::theory
