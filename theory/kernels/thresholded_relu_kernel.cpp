// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/quadrature/gauss.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/owens_t.hpp>

namespace wideproof::theory {
namespace {

constexpr double inverse_two_pi = 0.5 * std::numbers::inv_pi;

/// a = √((1−c)/(1+c)) for c inside (−1, 1): the tangent of half the angle between the inputs.
double half_angle_tangent(double c) {
  return std::sqrt((1 - c) / (1 + c));
}

/// √((1−c)/(1+c)) of c = 1 − δ.
double half_angle_tangent_of(double delta) {
  return std::sqrt(delta / (2 - delta));
}

/// r_n = M_n/M_{n−1} of M_n = ∫₀^∞ xⁿ g(τ+x) dx/n!, for n = 1 and 2, by Miller's algorithm: from
/// n M_n = M_{n−2} − τ M_{n−1} backwards, where all terms are positive.
struct MomentRatios {
  double first = 0.0;
  double second = 0.0;

  explicit MomentRatios(double tau) {
    // What is left of a wrong start falls like exp(−2τ(√n − √2)).
    const int last = static_cast<int>(std::pow(16 / tau + 1.5, 2));
    double after = 2 / (tau + std::sqrt(tau * tau + 4.0 * (last + 1)));
    double moment = 1;
    double before = 0;
    for (int n = last; n >= 2; --n) {
      before = tau * moment + n * after;
      second = after / moment;
      after = moment;
      moment = before;
    }
    first = after / moment;
  }
};

using Gauss = boost::math::quadrature::gauss<double, 20>;
using ShortGauss = boost::math::quadrature::gauss<double, 7>;

}  // namespace

ThresholdedReluKernel::ThresholdedReluKernel(double tau)
    : tau_(tau),
      density_(normal_density(tau)),
      active_fraction_(normal_tail(tau)),
      mean_(density_ - tau * active_fraction_),
      at_one_((1 + tau * tau) * active_fraction_ - tau * density_) {
  if (!std::isfinite(tau)) throw model::InputError("tau", tau, "must be finite");
  if (tau >= 1.5) {  // where the differences lose digits
    const MomentRatios ratios(tau);
    mean_ = active_fraction_ * ratios.first;
    at_one_ = 2 * mean_ * ratios.second;
  }
}

ThresholdedReluKernel ThresholdedReluKernel::from_active_fraction(double active_fraction) {
  return ThresholdedReluKernel(tau_of(active_fraction));
}

double ThresholdedReluKernel::derivative(double c) const {
  if (c >= 1) return active_fraction_;
  if (c <= -1) return std::max(0.0, 2 * active_fraction_ - 1);
  return active_fraction_ - 2 * owens_t(tau_, half_angle_tangent(c));
}

double ThresholdedReluKernel::operator()(double c) const {
  if (c >= 1) return at_one_;
  if (c == 0) return at_zero();  // to relative precision: large degrees of correlation multiply it
  if (c <= -1) {
    // v = −u: the two are active together only between −|τ| and |τ|, for a negative threshold.
    return tau_ < 0 ? (tau_ * tau_ - 1) * (2 * active_fraction_ - 1) - 2 * tau_ * density_ : 0.0;
  }
  const double a = half_angle_tangent(c);
  const double both_active = active_fraction_ - 2 * owens_t(tau_, a);
  return (c + tau_ * tau_) * both_active - 2 * tau_ * density_ * normal_tail(tau_ * a) +
         inverse_two_pi * std::sqrt((1 - c) * (1 + c)) * std::exp(-tau_ * tau_ / (1 + c));
}

double ThresholdedReluKernel::derivative_short_of_one(double delta) const {
  return active_fraction_ - 2 * owens_t(tau_, half_angle_tangent_of(delta));
}

double ThresholdedReluKernel::drop(double scaling, double delta) const {
  if (delta <= 0 || scaling == 0) return 0;
  if (delta > (scaling > 0 ? 1.0 : 0.5)) {  // nothing cancels
    return (*this)(scaling) - (*this)(scaling * (1 - delta));
  }
  if (scaling < 0) {
    return scaling * delta *
           Gauss::integrate([&](double x) { return derivative(scaling * (1 - delta * x)); }, 0.0,
                            1.0);
  }
  const double start = std::sqrt(std::max(0.0, 1 - scaling));
  const double end = std::sqrt(std::max(0.0, 1 - scaling) + scaling * delta);
  const double length = scaling * delta / (start + end);
  const auto integrand = [&](double x) {
    const double sigma = start + length * x;
    return 2 * sigma * derivative_short_of_one(sigma * sigma);
  };
  // The singularity at σ = √2 leaves 20^−14 of a short integral.
  const bool is_short = length <= 0.2 * (std::numbers::sqrt2 - end);
  return length * (is_short ? ShortGauss::integrate(integrand, 0.0, 1.0)
                            : Gauss::integrate(integrand, 0.0, 1.0));
}

double ThresholdedReluKernel::derivative_drop(double scaling, double delta) const {
  if (delta <= 0 || scaling == 0) return 0;
  if (scaling >= 1) {
    return delta < 2 ? 2 * owens_t(tau_, half_angle_tangent_of(delta))
                     : active_fraction_ - derivative(-1.0);
  }
  if (delta > 0.5 || scaling <= -1) {
    return derivative(scaling) - derivative(scaling * (1 - delta));
  }
  const double below = scaling * (1 - delta);
  const double start = half_angle_tangent(scaling);
  const double end = std::sqrt((1 - scaling + scaling * delta) / (1 + below));
  const double length = 2 * scaling * delta / ((1 + scaling) * (1 + below) * (start + end));
  return length * 2 * inverse_two_pi *
         Gauss::integrate(
             [&](double x) {
               const double secant = 1 + std::pow(start + length * x, 2);
               return std::exp(-0.5 * tau_ * tau_ * secant) / secant;
             },
             0.0, 1.0);
}

double ThresholdedReluKernel::step_times_relu(double c) const {
  if (c >= 1) return mean_;
  if (c <= -1) return -tau_ * derivative(-1);
  return (1 + c) * density_ * normal_tail(tau_ * half_angle_tangent(c)) - tau_ * derivative(c);
}

}  // namespace wideproof::theory
