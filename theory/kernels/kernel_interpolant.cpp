// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/kernel_interpolant.hpp>

#include <cassert>
#include <limits>
#include <numbers>

#include <wideproof/theory/kernels/derivative_interpolant.hpp>

namespace wideproof::theory {
namespace {

constexpr double unit_roundoff = std::numeric_limits<double>::epsilon() / 2;

/// R(s) of c = 1 − s². On the disc |dR/ds| = |2∫₀¹ x² (dL/ds)(sx) dx| is at most ⅔ of the bound on
/// dL/ds.
class AlignedKernel final : public AnalyticFunction {
 public:
  explicit AlignedKernel(const ThresholdedReluKernel& kernel) : kernel_(kernel) {}

  double value(double s) const override { return kernel_.drop(1.0, s * s) / (s * s); }
  double sampling_error(double value) const override {
    return ThresholdedReluKernel::drop_accuracy * std::abs(value);
  }
  double largest_radius(double s0) const override { return std::numbers::sqrt2 - s0; }
  double variation_bound(double s0, double radius) const override {
    return 2 * derivative_slope_bound(kernel_, Side::aligned, s0, radius) * radius / 3;
  }
  double rounding_of_nodes(double, double) const override {
    return 4 * unit_roundoff * kernel_.active_fraction();
  }
  double rounding_of_s(double s0, double h) const override {
    return 4 * unit_roundoff * (s0 + h) * 2 *
           derivative_slope_bound(kernel_, Side::aligned, s0, h) / 3;
  }

 private:
  const ThresholdedReluKernel& kernel_;
};

/// k of c = −1 + s², dk/ds = 2sL.
class OppositeKernel final : public AnalyticFunction {
 public:
  explicit OppositeKernel(const ThresholdedReluKernel& kernel) : kernel_(kernel) {}

  double value(double s) const override { return kernel_(s * s - 1); }
  double sampling_error(double) const override { return ThresholdedReluKernel::accuracy; }
  double largest_radius(double s0) const override { return s0 / std::numbers::sqrt2; }
  double variation_bound(double s0, double radius) const override {
    const double curvature = derivative_slope_bound(kernel_, Side::opposite, s0, radius);
    const double slope_at_centre =
        kernel_.derivative(s0 * s0 - 1) + ThresholdedReluKernel::accuracy;
    return 2 * (s0 + radius) * (slope_at_centre + radius * curvature) * radius;
  }
  double rounding_of_nodes(double, double) const override { return rounding_of_s(0, 0); }
  double rounding_of_s(double, double) const override {
    return 4 * unit_roundoff * kernel_.active_fraction();
  }

 private:
  const ThresholdedReluKernel& kernel_;
};

/// The tangent at c = −1, k(−1) + L(−1) s², on s ≤ 2h: it misses ∫₀ˢ |dL/ds'| (s² − s'²) ds'.
OctavePolynomials::Fit tangent_at_bottom(const ThresholdedReluKernel& kernel) {
  const double h = OctavePolynomials::bottom / 2;
  const double bend = kernel.derivative(-1) * h * h;
  const double s = 2 * h;
  const double missed = 2 * s * s * s / (3 * std::numbers::pi * std::sqrt(2 - s * s)) +
                        ThresholdedReluKernel::accuracy +
                        4 * unit_roundoff * kernel.active_fraction();
  return {{h, 1 / h, {kernel(-1) + bend, 2 * bend, bend}}, missed};
}

}  // namespace

KernelInterpolant::KernelInterpolant(const ThresholdedReluKernel& kernel, int degree)
    : at_one_(kernel.at_one()) {
  assert(degree >= 1 && degree <= max_degree);
  // R falls with s, so that a piece has its least at the end.
  const AlignedKernel aligned(kernel);
  const auto add_aligned = [&](const OctavePolynomials::Fit& fit) {
    const double end = fit.centre + fit.half_width;
    const double least = aligned.value(end) * (1 - ThresholdedReluKernel::drop_accuracy);
    aligned_.add(fit);
    drop_error_bound_ = std::max(drop_error_bound_, fit.error / least + 2 * unit_roundoff);
    error_bound_ = std::max(error_bound_,
                            end * end * (fit.error + 4 * unit_roundoff * kernel.active_fraction()) +
                                ThresholdedReluKernel::accuracy + unit_roundoff * at_one_);
  };
  constexpr double half = OctavePolynomials::bottom / 2;
  add_aligned({aligned, half, half, degree});
  OctavePolynomials::for_each_octave_fit(aligned, degree, add_aligned);

  const auto add_opposite = [this](const OctavePolynomials::Fit& fit) {
    opposite_.add(fit);
    error_bound_ = std::max(error_bound_, fit.error);
  };
  add_opposite(tangent_at_bottom(kernel));
  OctavePolynomials::for_each_octave_fit(OppositeKernel(kernel), degree, add_opposite);
}

}  // namespace wideproof::theory
