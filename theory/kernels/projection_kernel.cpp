// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/projection_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include <fmt/format.h>
#include <boost/math/tools/toms748_solve.hpp>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/arcsine_drop.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {
namespace {

/// √(2/π) = E|u|
const double mean_magnitude = std::sqrt(2 * std::numbers::inv_pi);

/// lim ‖p‖₁/(√n ‖p‖₂) at threshold α; falls with α.
double norm_ratio(double alpha, bool is_signed) {
  const ThresholdedReluKernel kernel(alpha);
  return (is_signed ? std::numbers::sqrt2 : 1.0) * kernel.mean() / std::sqrt(kernel.at_one());
}

void require_projected_sparseness(double sparseness, bool is_signed) {
  const double most = 1 - norm_ratio(tau_of(model::least_active_fraction), is_signed);
  if (sparseness >= least_projected_sparseness && sparseness <= most) return;
  throw model::InputError(
      "network.sparseness", sparseness,
      fmt::format("must lie in [{}, {:.5g}] for {}projections: {}", least_projected_sparseness,
                  most, is_signed ? "signed " : "",
                  sparseness > most ? is_signed
                                          ? "beyond it fewer than 1 neuron in 5000 is active, "
                                            "and kernels are not computed"
                                          : "beyond it fewer than 1 neuron in 10000 is "
                                            "active, and kernels are not computed"
                                    : "below it all activations are alike"));
}

}  // namespace

double sparseness_of_magnitudes() {
  return 1 - mean_magnitude;
}

double projection_threshold(double sparseness, bool is_signed) {
  require_projected_sparseness(sparseness, is_signed);
  const double ratio = 1 - sparseness;
  if (is_signed && sparseness < sparseness_of_magnitudes()) {
    const double spread = (1 - mean_magnitude) * (1 + mean_magnitude);
    return mean_magnitude - ratio * std::sqrt(spread / (sparseness * (1 + ratio)));
  }
  const auto excess = [&](double alpha) { return norm_ratio(alpha, is_signed) - ratio; };
  // All active, a layer has the ratio −α/√(1 + α²), and cut off at 0 a larger one.
  const double low = is_signed ? 0 : -ratio / std::sqrt(sparseness * (1 + ratio));
  const double high = tau_of(model::least_active_fraction);
  const double at_low = excess(low);
  const double at_high = excess(high);
  if (at_low <= 0) return low;
  if (at_high >= 0) return high;
  std::uintmax_t iterations = 200;
  const auto [below, above] =
      boost::math::tools::toms748_solve(excess, low, high, at_low, at_high,
                                        boost::math::tools::eps_tolerance<double>(52), iterations);
  return below + (above - below) / 2;
}

double ProjectionKernel::operator()(double qa, double qb, double covariance) const {
  const double c = covariance / std::sqrt(qa * qb);
  const double value = is_signed_ ? kernel_(c) - kernel_(-c) : kernel_(c);
  return value / kernel_.at_one();
}

double ProjectionKernel::drop(double, double scaling, double delta) const {
  const double of_pair = kernel_.drop(scaling, delta);
  return (is_signed_ ? of_pair + rise(scaling, delta) : of_pair) / kernel_.at_one();
}

double ProjectionKernel::rise(double scaling, double delta) const {
  // L behaves like exp(−α²/δ) near −1, which polynomials follow for δ well below α² alone; where it
  // is a root of δ it adds little to a small drop.
  const double from_opposite = 1 - scaling + scaling * delta;
  const bool is_smooth = scaling <= 0.8 || 2 * from_opposite < kernel_.tau() * kernel_.tau();
  if (is_smooth || delta < 1e-6) return -kernel_.drop(-scaling, delta);
  return kernel_(-scaling * (1 - delta)) - kernel_(-scaling);
}

double ProjectionKernel::active_fraction() const {
  return (is_signed_ ? 2 : 1) * kernel_.active_fraction();
}

ShiftedSignKernel::ShiftedSignKernel(double shift) {
  const double line = 1 + 2 * shift * mean_magnitude;
  const double sign = shift * shift;
  of_line_ = line / (line + sign);
  of_sign_ = sign / (line + sign);
}

double ShiftedSignKernel::operator()(double qa, double qb, double covariance) const {
  const double c = std::clamp(covariance / std::sqrt(qa * qb), -1.0, 1.0);
  return of_line_ * c + of_sign_ * 2 * std::numbers::inv_pi * std::asin(c);
}

double ShiftedSignKernel::drop(double, double scaling, double delta) const {
  return of_line_ * scaling * delta +
         of_sign_ * 2 * std::numbers::inv_pi * arcsine_drop(scaling, 1 - std::abs(scaling), delta);
}

std::unique_ptr<DualKernel> make_projection_kernel(double sparseness, bool is_signed) {
  const double alpha = projection_threshold(sparseness, is_signed);
  if (is_signed && alpha < 0) return std::make_unique<ShiftedSignKernel>(-alpha);
  return std::make_unique<ProjectionKernel>(sparseness, is_signed);
}

}  // namespace wideproof::theory
