// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/kernel_interpolant.hpp>

#include <array>
#include <cassert>
#include <limits>
#include <numbers>

namespace wideproof::theory {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double unit_roundoff = std::numeric_limits<double>::epsilon() / 2;
constexpr int most_nodes = KernelInterpolant::max_degree + 1;
using Coefficients = std::array<double, most_nodes>;

/// What is interpolated as a function of s on one side: R where c = 1 − s², k where c = −1 + s².
struct Side {
  const ThresholdedReluKernel& kernel;
  double sign;

  double value(double s) const {
    return sign > 0 ? kernel.drop(1.0, s * s) / (s * s) : kernel(s * s - 1);
  }

  /// Bound on the error of value(), where it is `value`.
  double sampling_error(double value) const {
    return sign > 0 ? ThresholdedReluKernel::drop_accuracy * std::abs(value)
                    : ThresholdedReluKernel::accuracy;
  }

  /// Bound on |dL/ds| = exp(−τ²/(1+c)) / (π√(2−s²)) on the disc |s − s0| ≤ radius, inf where none.
  /// For c ≥ 0 it holds on all of |s| ≤ s0 + radius.
  double curvature_bound(double s0, double radius) const {
    const double reach = s0 + radius;
    const double room = 2 - reach * reach;
    const double tau2 = kernel.tau() * kernel.tau();
    constexpr double inf = std::numeric_limits<double>::infinity();
    if (room <= 0) return inf;
    if (sign > 0) return std::exp(-tau2 / (2 + reach * reach)) / (pi * std::sqrt(room));
    if (radius * std::numbers::sqrt2 >= s0) return inf;
    const double least_real_part = std::cos(2 * std::asin(radius / s0)) / (reach * reach);
    return std::exp(-tau2 * least_real_part) / (pi * std::sqrt(room));
  }

  /// Bound on |value(s) − value(s0)| on the disc, from dR/ds = 2∫₀¹ x² (dL/ds)(sx) dx or
  /// dk/ds = 2sL.
  double variation_bound(double s0, double radius) const {
    const double curvature = curvature_bound(s0, radius);
    if (sign > 0) return 2 * curvature * radius / 3;
    const double slope_at_centre = kernel.derivative(s0 * s0 - 1) + ThresholdedReluKernel::accuracy;
    return 2 * (s0 + radius) * (slope_at_centre + radius * curvature) * radius;
  }

  /// What a relative error of 4 roundings in s moves value() by, on |s − s0| ≤ h.
  double rounding_of_s(double s0, double h) const {
    if (sign < 0) return 4 * unit_roundoff * kernel.active_fraction();
    return 4 * unit_roundoff * (s0 + h) * 2 * curvature_bound(s0, h) / 3;
  }
};

/// Truncation bound of the interpolation on [s0 − h, s0 + h], the least over some discs.
double truncation_bound(const Side& side, double s0, double h, int degree) {
  const double largest_radius = side.sign > 0 ? std::numbers::sqrt2 - s0 : s0 / std::numbers::sqrt2;
  constexpr int candidates = 32;
  double least = std::numeric_limits<double>::infinity();
  for (int i = 1; i < candidates; ++i) {
    const double radius = largest_radius * i / candidates;
    if (radius <= h) continue;
    const double rho = radius / h + std::sqrt(radius * radius / (h * h) - 1);
    least =
        std::min(least, 4 * side.variation_bound(s0, radius) * std::pow(rho, -degree) / (rho - 1));
  }
  return least;
}

/// Coefficients of T_k written in powers of t.
constexpr std::array<Coefficients, most_nodes> chebyshev_in_powers() {
  std::array<Coefficients, most_nodes> table{};
  table[0][0] = 1;
  table[1][1] = 1;
  for (int k = 2; k < most_nodes; ++k) {
    for (int j = 0; j < most_nodes; ++j) {
      table[k][j] = (j > 0 ? 2 * table[k - 1][j - 1] : 0.0) - table[k - 2][j];
    }
  }
  return table;
}

}  // namespace

/// The polynomial of one piece and its error bound.
struct KernelInterpolant::Fit {
  Piece piece{};
  double error = 0.0;

  /// Chebyshev interpolation of degree `degree` on [s0 − h, s0 + h].
  Fit(const Side& side, double s0, double h, int degree) {
    static constexpr auto powers_of = chebyshev_in_powers();
    const int nodes = degree + 1;
    const double centre_value = side.value(s0);
    std::array<double, most_nodes> angle{};
    std::array<double, most_nodes> excess{};
    double largest_excess = 0;
    for (int j = 0; j < nodes; ++j) {
      angle[j] = pi * (j + 0.5) / nodes;
      excess[j] = side.value(s0 + h * std::cos(angle[j])) - centre_value;
      largest_excess = std::max(largest_excess, std::abs(excess[j]));
    }
    piece.centre = s0;
    piece.inverse_half_width = 1 / h;
    double conversion = 0;
    for (int k = 0; k < nodes; ++k) {
      double coefficient = 0;
      for (int j = 0; j < nodes; ++j) {
        coefficient += excess[j] * std::cos(k * angle[j]) * (k == 0 ? 1.0 : 2.0) / nodes;
      }
      double magnitude = 0;
      for (int j = 0; j <= k; ++j) {
        piece.coefficient[j] += coefficient * powers_of[k][j];
        magnitude += std::abs(powers_of[k][j]);
      }
      conversion += std::abs(coefficient) * magnitude;
    }
    piece.coefficient[0] += centre_value;

    const double lebesgue = 2 / pi * std::log(nodes) + 1;
    const double sampling = side.sampling_error(std::abs(centre_value) + largest_excess);
    const double node_rounding = 4 * unit_roundoff * side.kernel.active_fraction();
    const double transform_rounding = 2 * nodes * (nodes + 4) * unit_roundoff * largest_excess;
    error = truncation_bound(side, s0, h, degree) + lebesgue * (sampling + node_rounding) +
            transform_rounding + (nodes + 1) * unit_roundoff * conversion +
            side.rounding_of_s(s0, h) + horner_rounding();
  }

  /// The tangent at c = −1, k(−1) + L(−1) s², on s ≤ 2h: it misses ∫₀ˢ |dL/ds'| (s² − s'²) ds'.
  Fit(const ThresholdedReluKernel& kernel, double h) {
    const double bend = kernel.derivative(-1) * h * h;
    piece = {h, 1 / h, {kernel(-1) + bend, 2 * bend, bend}};
    const double s = 2 * h;
    error = 2 * s * s * s / (3 * pi * std::sqrt(2 - s * s)) + ThresholdedReluKernel::accuracy +
            4 * unit_roundoff * kernel.active_fraction() + horner_rounding();
  }

  /// Coefficient j passes 2j + 1 roundings.
  double horner_rounding() const {
    double horner = 0;
    for (int j = 0; j < most_nodes; ++j) horner += (2 * j + 1) * std::abs(piece.coefficient[j]);
    return unit_roundoff * horner;
  }
};

KernelInterpolant::KernelInterpolant(const ThresholdedReluKernel& kernel, int degree)
    : at_one_(kernel.at_one()) {
  assert(degree >= 1 && degree <= max_degree);
  pieces_.reserve(2 * pieces);
  const auto add_octaves = [&](double sign, const auto& add) {
    for (int octave = octaves; octave > 0; --octave) {
      const double start = std::ldexp(1.0, -octave);
      const double half_width = start / (2 * pieces_per_octave);
      for (int i = 0; i < pieces_per_octave; ++i) {
        add(Side{kernel, sign}, start + (2 * i + 1) * half_width, half_width);
      }
    }
  };
  const double bottom = std::ldexp(0.5, -octaves);

  // R falls with s, so that a piece has its least at the end.
  const auto add_near = [&](const Side& side, double s0, double h) {
    const Fit fit(side, s0, h, degree);
    const double end = s0 + h;
    const double least = side.value(end) * (1 - ThresholdedReluKernel::drop_accuracy);
    pieces_.push_back(fit.piece);
    drop_error_bound_ = std::max(drop_error_bound_, fit.error / least + 2 * unit_roundoff);
    error_bound_ = std::max(error_bound_,
                            end * end * (fit.error + 4 * unit_roundoff * kernel.active_fraction()) +
                                ThresholdedReluKernel::accuracy + unit_roundoff * at_one_);
  };
  add_near(Side{kernel, 1.0}, bottom, bottom);
  add_octaves(1.0, add_near);

  const auto add = [this](const Fit& fit) {
    pieces_.push_back(fit.piece);
    error_bound_ = std::max(error_bound_, fit.error);
  };
  add(Fit(kernel, bottom));
  add_octaves(-1.0, [&](const Side& side, double s0, double h) { add(Fit(side, s0, h, degree)); });
}

}  // namespace wideproof::theory
