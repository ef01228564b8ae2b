// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/conditional_influence.hpp>

#include <cmath>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/owens_t.hpp>
#include <wideproof/theory/neurons/truncated_moments.hpp>

namespace wideproof::theory {
namespace {

double apart_from_zero(double x) {
  return x == 0 ? 1e-20 : x;
}

/// P(u>h, v>k), r = √(1−c²) > 0 (Owen 1956).
double orthant(double h, double k, double c, double r) {
  h = apart_from_zero(h);
  k = apart_from_zero(k);
  const double opposite = (h < 0) != (k < 0) ? 0.5 : 0.0;
  return 0.5 * (normal_tail(h) + normal_tail(k)) - owens_t(h, (k - c * h) / (h * r)) -
         owens_t(k, (h - c * k) / (k * r)) - opposite;
}

/// c = −1: v = −u, both active for u between h and −k.
double opposite_kernel(double h, double k) {
  if (h + k >= 0) return 0;
  return (h * k - 1) * (normal_tail(h) + normal_tail(k) - 1) - k * normal_density(h) -
         h * normal_density(k);
}

}  // namespace

double unequal_kernel(double h, double k, double c) {
  constexpr double never = 8.3;  // Q(8.3) = 5e-17
  if (h > never || k > never) return 0;
  const auto always_active = [c](double low, double other) {
    const double tail = normal_tail(other);
    return c * tail - low * (normal_density(other) - other * tail);
  };
  if (h < -never) return always_active(h, k);
  if (k < -never) return always_active(k, h);
  const double r = std::sqrt((1 - c) * (1 + c));
  if (r == 0) {
    if (c < 0) return opposite_kernel(h, k);
    const double high = std::max(h, k);
    return (1 + h * k) * normal_tail(high) - std::min(h, k) * normal_density(high);
  }
  const double from_h = (k - c * h) / r;
  const double from_k = (h - c * k) / r;
  const double density = normal_density(h);
  return (c + h * k) * orthant(h, k, c, r) - k * density * normal_tail(from_h) -
         h * normal_density(k) * normal_tail(from_k) + r * density * normal_density(from_h);
}

ConditionalInfluence::ConditionalInfluence(const NeuronResponse& response,
                                           const NeuronFeatures& features, double rho)
    : response_(response),
      c_(1 - features.delta),
      root_rho_(std::sqrt(rho)),
      spread_(std::sqrt(1 - rho)),
      active_fraction_(features.active_fraction),
      density_(normal_density(response.tau)),
      mean_value_(features.mean_value),
      missed_(features.missed),
      means_{features.mean_square, features.drop} {}

ConditionalInfluence::Side ConditionalInfluence::side(double w) const {
  const double centre = root_rho_ * w;
  const double threshold = (response_.tau - centre) / spread_;
  const auto e = tail_moments<2>(normal_density(threshold), normal_tail(threshold), threshold);
  double influence = 0;
  if (response_.is_quantile()) influence = (e[0] - active_fraction_) / density_;
  if (response_.is_std()) {
    influence = 0.5 * response_.tau * (centre * centre + spread_ * spread_ - 1);
  }
  return {threshold, spread_ * spread_ * e[2], influence};
}

ConditionalInfluence::Means ConditionalInfluence::operator()(double wa, double wb) const {
  const Side a = side(wa);
  const Side b = side(wb);
  const double square = 0.5 * (a.square + b.square);
  const double product = spread_ * spread_ * unequal_kernel(a.threshold, b.threshold, c_);
  const double influence = a.influence + b.influence;
  return {square - mean_value_ * influence - means_.norm,
          square - product - missed_ * influence - means_.distance};
}

}  // namespace wideproof::theory
