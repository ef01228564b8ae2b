// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/layer_influences.hpp>

#include <cmath>
#include <numbers>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

/// What influences are made of: φ_aφ_b, φ_a², φ_b², 1_a1_b, 1_a, 1_b, u_a², u_b², unit variances.
enum Part { both, own_a, own_b, pair_active, active_a, active_b, square_a, square_b, parts };
using PartMatrix = Eigen::Matrix<double, parts, parts>;
using PartVector = Eigen::Matrix<double, parts, 1>;
/// Influences by row: G_aa, G_ab, G_bb, D_aa, D_ab, D_bb.
using InfluenceRows = Eigen::Matrix<double, 6, parts>;

void set(PartMatrix& matrix, Part one, Part other, double value) {
  matrix(one, other) = matrix(other, one) = value;
}

PartMatrix covariance_of_parts(const TruncatedMoments& m) {
  const double c = m.correlation();
  PartMatrix s = PartMatrix::Zero();
  set(s, both, both, m(2, 2));
  set(s, both, pair_active, m(1, 1));
  set(s, own_a, own_b, m(2, 2));
  set(s, pair_active, pair_active, m(0, 0));
  set(s, active_a, active_b, m(0, 0));
  set(s, square_a, square_b, 1 + 2 * c * c);
  for (const int side : {0, 1}) {
    const auto at = [side](Part of_a) { return static_cast<Part>(of_a + side); };
    const auto across = [side](Part of_a) { return static_cast<Part>(of_a + 1 - side); };
    set(s, both, at(own_a), m(3, 1));
    set(s, both, at(active_a), m(1, 1));
    set(s, both, at(square_a), m.square_times(1, 1));
    set(s, at(own_a), at(own_a), m.single(4));
    set(s, at(own_a), pair_active, m(2, 0));
    set(s, at(own_a), at(active_a), m.single(2));
    set(s, at(own_a), across(active_a), m(2, 0));
    set(s, at(own_a), at(square_a), m.square_times_own(2));
    set(s, at(own_a), across(square_a), m.square_times_other(2));
    set(s, pair_active, at(active_a), m(0, 0));
    set(s, pair_active, at(square_a), m.square_times(0, 0));
    set(s, at(active_a), at(active_a), m.single(0));
    set(s, at(active_a), at(square_a), m.square_times_own(0));
    set(s, at(active_a), across(square_a), m.square_times_other(0));
    set(s, at(square_a), at(square_a), 3);
  }
  PartVector mean;
  mean << m(1, 1), m.single(2), m.single(2), m(0, 0), m.single(0), m.single(0), 1, 1;
  return s - mean * mean.transpose();
}

PartMatrix covariance_of_linear_parts(double c) {
  PartMatrix s = PartMatrix::Zero();
  set(s, both, both, 1 + c * c);
  set(s, own_a, own_b, 2 * c * c);
  for (const auto own : {own_a, own_b}) {
    set(s, own, own, 2);
    set(s, both, own, 2 * c);
  }
  return s;
}

InfluenceRows rows_of(const TruncatedMoments& m, model::ThresholdRule rule, double q) {
  InfluenceRows rows = InfluenceRows::Zero();
  rows(0, own_a) = rows(2, own_b) = rows(1, both) = q;
  rows(3, active_a) = rows(5, active_b) = rows(4, pair_active) = 1;
  if (rule == model::ThresholdRule::fixed) return rows;
  const bool is_std = rule == model::ThresholdRule::std;
  const double g = m.density();
  const double influence = is_std ? m.tau() / 2 : 1 / g;
  const auto shift = [&](int row, Part of_a, double cost) { rows(row, of_a) -= cost * influence; };
  const Part a = is_std ? square_a : active_a;
  const Part b = is_std ? square_b : active_b;
  const double between = g * m.at_threshold(0);
  shift(0, a, 2 * q * m.single(1));
  shift(2, b, 2 * q * m.single(1));
  shift(3, a, g);
  shift(5, b, g);
  for (const Part side : {a, b}) {
    shift(1, side, q * m(0, 1));
    shift(4, side, between);
  }
  return rows;
}

}  // namespace

LayerInfluences::LayerInfluences(const model::Network& network, double q, double delta) {
  const double c = 1 - delta;
  if (network.activation() == model::Activation::linear) {
    gram << q, q * c, q;
    slope.setOnes();
    gram_by_kernel.setIdentity();
    slope_by_kernel.setZero();
    InfluenceRows rows = InfluenceRows::Zero();
    rows(0, own_a) = rows(2, own_b) = rows(1, both) = q;
    covariance = rows * covariance_of_linear_parts(c) * rows.transpose();
    return;
  }
  const bool has_threshold = network.activation() == model::Activation::thresholded_relu;
  const auto rule = has_threshold ? network.threshold() : model::ThresholdRule::fixed;
  const TruncatedMoments m(has_threshold ? tau_of(network.active_fraction()) : 0.0, c);
  const double tau = m.tau();
  const double g = m.density();
  gram << q * m.single(2), q * m(1, 1), q * m.single(2);
  slope << m.single(0), m(0, 0), m.single(0);
  // By Price's theorem, ∂/∂K_ab = ∂_a∂_b and ∂/∂K_aa = ½∂_a² under the mean; δ(u−τ)δ(v−τ) has that
  // of the density at (τ, τ).
  const double density =
      delta > 0 && delta < 2
          ? std::exp(-tau * tau / (1 + c)) / (2 * std::numbers::pi * std::sqrt(delta * (2 - delta)))
          : 0.0;
  double gram_by_own = g * m.at_threshold(1) / 2;
  double slope_by_own = (tau * g * m.at_threshold(0) - c * density) / 2;
  double norm_by_own = m.single(0);
  double fraction_by_own = tau * g / 2;
  if (rule != model::ThresholdRule::fixed) {  // thresholds follow the norm
    gram_by_own = (m(1, 1) - c * m(0, 0)) / 2;
    slope_by_own = -c * density / 2;
    norm_by_own = m.single(2);
    fraction_by_own = 0;
  }
  gram_by_kernel << norm_by_own, 0, 0, gram_by_own, m(0, 0), gram_by_own, 0, 0, norm_by_own;
  slope_by_kernel << fraction_by_own, 0, 0, slope_by_own, density, slope_by_own, 0, 0,
      fraction_by_own;
  slope_by_kernel /= q;
  const InfluenceRows rows = rows_of(m, rule, q);
  covariance = rows * covariance_of_parts(m) * rows.transpose();
}

}  // namespace wideproof::theory
