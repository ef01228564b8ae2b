// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/difference_moments.hpp>

#include <cmath>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {

namespace {

using Gauss = boost::math::quadrature::gauss<double, 30>;

constexpr double end = 10;  // beyond which exp(−z²/2) adds nothing

/// e_p, p ≤ 4, to relative precision: upwards the recursion loses τ² a step.
std::array<double, 5> single_moments(double density, double tau) {
  if (tau < 1) return tail_moments<4>(density, normal_tail(tau), tau);
  std::array<double, 5> e{};
  for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
    for (const double side : {-1.0, 1.0}) {
      const double z = 0.5 * end * (1 + side * Gauss::abscissa()[i]);
      const double value = 0.5 * end * Gauss::weights()[i] * z * z * z * normal_density(tau + z);
      e[3] += value;
      e[4] += z * value;
    }
  }
  e[2] = (e[4] + tau * e[3]) / 3;
  e[1] = 0.5 * (e[3] + tau * e[2]);
  e[0] = e[2] + tau * e[1];
  return e;
}

}  // namespace

DifferenceMoments::DifferenceMoments(double tau, double delta)
    : delta_(delta), density_(normal_density(tau)), e_(single_moments(density_, tau)) {
  if (delta > 1 && (tau <= 0 || delta == 2)) {
    const TruncatedMoments m(tau, 1 - delta);
    for (int p = 0; p <= 4; ++p) n_[index(p)] = e_[index(p)] - m(p, 0);
    for (int q = 0; q <= 3; ++q) b_[index(q)] = m.at_threshold(q);
  } else {
    set_by_quadrature(tau);
  }
  curvature_ = n_[2] + tau * n_[1] - delta * density_ * b_[1];

  // E[D² F] over where both are active, for F = 1, D², φ_a + φ_b and φ_a² + φ_b².
  const double spread = 2 * delta;
  const double square = spread * (both_active() - density_ * b_[1]);
  const double fourth = spread * (3 * square - density_ * b_[3]);
  const double values = spread * (2 * step_times_relu() - density_ * b_[2]);
  const double squares = spread * (2 * (e_[2] - n_[2]) + square - density_ * b_[3]);
  half_square_ = 0.5 * square + n_[2];
  with_values_ = values + 2 * n_[3];
  with_squares_ = squares + 2 * n_[4];
  with_active_ = 2 * square + 2 * n_[2];
  fourth_ = fourth + 2 * n_[4];
  of_squares_ = 2 * squares - fourth + 2 * n_[4];
}

void DifferenceMoments::set_by_quadrature(double tau) {
  // The integral is over where the other input is below the threshold, or above it where that is
  // rarer.
  const double side = delta_ > 1 ? -1 : 1;
  const double c = side * (1 - delta_);
  const double r = std::sqrt(squared_sine());
  const double shift = tau * std::sqrt(delta_ / (2 - delta_));
  const auto b = tail_moments<3>(normal_density(shift), normal_tail(shift), shift);
  double power = 1;
  for (std::size_t q = 0; q < b_.size(); ++q) {
    b_[q] = power * b[q];
    power *= r;
  }
  std::array<double, 5> m{};
  for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
    for (const double half : {-1.0, 1.0}) {
      const double z = 0.5 * end * (1 + half * Gauss::abscissa()[i]);
      const double value = 0.5 * end * Gauss::weights()[i] * z * z * z *
                           normal_density(tau + r * z) * normal_tail(c * z - side * shift);
      m[3] += value;
      m[4] += z * value;
    }
  }
  m[3] *= power;
  m[4] *= power * r;
  m[2] = (m[4] + c * density_ * b_[3] + tau * m[3]) / 3;
  m[1] = 0.5 * (m[3] + c * density_ * b_[2] + tau * m[2]);
  m[0] = m[2] + c * density_ * b_[1] + tau * m[1];
  for (std::size_t p = 0; p < m.size(); ++p) n_[p] = side > 0 ? m[p] : e_[p] - m[p];
}

}  // namespace wideproof::theory
