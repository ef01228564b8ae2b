// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/projection_kernel.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

#include <fmt/format.h>
#include <boost/math/tools/toms748_solve.hpp>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>

namespace wideproof::theory {
namespace {

/// lim ‖p‖₁/(√n ‖p‖₂) at threshold α; falls with α.
double norm_ratio(double alpha, bool is_signed) {
  const ThresholdedReluKernel kernel(alpha);
  return (is_signed ? std::numbers::sqrt2 : 1.0) * kernel.mean() / std::sqrt(kernel.at_one());
}

}  // namespace

double projection_threshold(double sparseness, bool is_signed) {
  const double low = is_signed ? 0 : tau_of(model::most_active_fraction);
  const double high = tau_of(model::least_active_fraction);
  const auto excess = [&](double alpha) { return norm_ratio(alpha, is_signed) - (1 - sparseness); };
  const double at_low = excess(low);
  const double at_high = excess(high);
  if (!(sparseness > 0 && sparseness < 1) || at_low < 0 || at_high > 0) {
    throw model::InputError(
        "network.sparseness", sparseness,
        fmt::format("must lie in [{:.4g}, {:.4g}] for {}projections: {}",
                    1 - norm_ratio(low, is_signed), 1 - norm_ratio(high, is_signed),
                    is_signed ? "signed " : "",
                    is_signed ? "below it every neuron of a wide layer is active, beyond it fewer "
                                "than 1 in 5000"
                              : "the kernel is known for active fractions from 1e-4 to 0.9"));
  }
  if (at_low == 0) return low;
  if (at_high == 0) return high;
  std::uintmax_t iterations = 200;
  const auto [below, above] =
      boost::math::tools::toms748_solve(excess, low, high, at_low, at_high,
                                        boost::math::tools::eps_tolerance<double>(52), iterations);
  return below + (above - below) / 2;
}

ProjectionKernel::ProjectionKernel(double sparseness, bool is_signed)
    : kernel_(projection_threshold(sparseness, is_signed)), is_signed_(is_signed) {}

double ProjectionKernel::operator()(double qa, double qb, double covariance) const {
  const double c = covariance / std::sqrt(qa * qb);
  const double value = is_signed_ ? kernel_(c) - kernel_(-c) : kernel_(c);
  return value / kernel_.at_one();
}

double ProjectionKernel::drop(double, double scaling, double delta) const {
  const double of_pair = kernel_.drop(scaling, delta);
  return (is_signed_ ? of_pair - kernel_.drop(-scaling, delta) : of_pair) / kernel_.at_one();
}

double ProjectionKernel::active_fraction() const {
  return (is_signed_ ? 2 : 1) * kernel_.active_fraction();
}

}  // namespace wideproof::theory
