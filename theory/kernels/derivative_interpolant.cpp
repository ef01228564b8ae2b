// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/derivative_interpolant.hpp>

#include <cassert>
#include <limits>
#include <numbers>

namespace wideproof::theory {
namespace {

constexpr double rounding_unit = std::numeric_limits<double>::epsilon() / 2;

/// N(s) of c = 1 − s², the mean of |dL/ds| over [0, s], which has the bound of that.
class AlignedDerivative final : public AnalyticFunction {
 public:
  explicit AlignedDerivative(const ThresholdedReluKernel& kernel) : kernel_(kernel) {}

  double value(double s) const override { return kernel_.derivative_drop(1.0, s * s) / s; }
  double sampling_error(double value) const override {
    return ThresholdedReluKernel::drop_accuracy * std::abs(value);
  }
  double largest_radius(double s0) const override { return std::numbers::sqrt2 - s0; }
  double variation_bound(double s0, double radius) const override {
    return 2 * derivative_slope_bound(kernel_, Side::aligned, s0, radius);
  }
  double rounding_of_nodes(double s0, double h) const override { return rounding_of_s(s0, h); }
  /// |d²L/ds²| ≤ s (1 + 2τ²) exp(−τ²/2)/π for s ≤ 1, where 2 − s² ≥ 1; its mean weighted by x is at
  /// most half of that at the end.
  double rounding_of_s(double s0, double h) const override {
    const double tau2 = kernel_.tau() * kernel_.tau();
    const double s = s0 + h;
    const double slope = s * (1 + 2 * tau2) * std::exp(-tau2 / 2) / (2 * std::numbers::pi);
    return 4 * rounding_unit * s * slope;
  }

 private:
  const ThresholdedReluKernel& kernel_;
};

/// L of c = −1 + s².
class OppositeDerivative final : public AnalyticFunction {
 public:
  explicit OppositeDerivative(const ThresholdedReluKernel& kernel) : kernel_(kernel) {}

  double value(double s) const override { return kernel_.derivative(s * s - 1); }
  double sampling_error(double) const override { return ThresholdedReluKernel::accuracy; }
  double largest_radius(double s0) const override { return s0 / std::numbers::sqrt2; }
  double variation_bound(double s0, double radius) const override {
    return radius * derivative_slope_bound(kernel_, Side::opposite, s0, radius);
  }
  double rounding_of_nodes(double s0, double h) const override { return rounding_of_s(s0, h); }
  double rounding_of_s(double s0, double h) const override {
    return 4 * rounding_unit * (s0 + h) * derivative_slope_bound(kernel_, Side::opposite, s0, h);
  }

 private:
  const ThresholdedReluKernel& kernel_;
};

}  // namespace

double derivative_slope_bound(const ThresholdedReluKernel& kernel, Side side, double s0,
                              double radius) {
  const double reach = s0 + radius;
  const double room = 2 - reach * reach;
  const double tau2 = kernel.tau() * kernel.tau();
  constexpr double inf = std::numeric_limits<double>::infinity();
  if (room <= 0) return inf;
  const double scale = std::numbers::pi * std::sqrt(room);
  if (side == Side::aligned) return std::exp(-tau2 / (2 + reach * reach)) / scale;
  if (radius * std::numbers::sqrt2 >= s0) return inf;
  const double least_real_part = std::cos(2 * std::asin(radius / s0)) / (reach * reach);
  return std::exp(-tau2 * least_real_part) / scale;
}

DerivativeInterpolant::DerivativeInterpolant(const ThresholdedReluKernel& kernel, int degree)
    : kernel_(kernel), active_fraction_(kernel.active_fraction()) {
  assert(degree >= 1 && degree <= max_degree);
  const AlignedDerivative aligned(kernel);
  const auto add_aligned = [&](const OctavePolynomials::Fit& fit) {
    const double start = fit.centre - fit.half_width;
    const double end = fit.centre + fit.half_width;
    // sN rises with s, so that N ≥ (start/end) N(start) on a piece; at the bottom N is N(0) to
    // 1e-6.
    const double least = start > 0 ? start / end * aligned.value(start) : 0.99 * aligned.value(end);
    aligned_.add(fit);
    drop_error_bound_ = std::max(drop_error_bound_, fit.error / least + 4 * rounding_unit);
    error_bound_ = std::max(error_bound_, end * fit.error + 8 * rounding_unit * active_fraction_);
  };
  constexpr double half = OctavePolynomials::bottom / 2;
  add_aligned({aligned, half, half, degree});
  OctavePolynomials::for_each_octave_fit(aligned, degree, add_aligned);

  const auto add_opposite = [this](const OctavePolynomials::Fit& fit) {
    opposite_.add(fit);
    error_bound_ = std::max(error_bound_, fit.error);
  };
  opposite_.add({OctavePolynomials::Piece{half, 1 / half, {}}, 0.0});  // never asked
  OctavePolynomials::for_each_octave_fit(OppositeDerivative(kernel), degree, add_opposite);
}

}  // namespace wideproof::theory
