// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernel_interpolant.hpp>

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

/// k as a function of s on one side: c = sign (1 − s²).
struct Side {
  const ThresholdedReluKernel& kernel;
  double sign;

  double cosine(double s) const { return sign * (1 - s * s); }
  double value(double s) const { return kernel(cosine(s)); }
  double slope(double s) const { return kernel.derivative(cosine(s)); }

  /// Bound on |dL/ds| = exp(−τ²/(1+c)) / (π√(2−s²)) on the disc |s − s0| ≤ radius, inf where none.
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

  /// Bound on |k(s) − k(s0)| on the disc, from dk/ds = ∓2sL.
  double variation_bound(double s0, double radius) const {
    const double slope_at_centre = std::abs(slope(s0)) + ThresholdedReluKernel::accuracy;
    const double largest_slope = slope_at_centre + radius * curvature_bound(s0, radius);
    return 2 * (s0 + radius) * largest_slope * radius;
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
    const double node_rounding = 4 * unit_roundoff * side.kernel.active_fraction();
    const double transform_rounding = 2 * nodes * (nodes + 4) * unit_roundoff * largest_excess;
    error = truncation_bound(side, s0, h, degree) +
            lebesgue * (ThresholdedReluKernel::accuracy + node_rounding) + transform_rounding +
            (nodes + 1) * unit_roundoff * conversion + evaluation_rounding(side);
  }

  /// The tangent at c = ±1, k(±1) ∓ L(±1) s², on s ≤ 2h: it misses ∫₀ˢ |dL/ds'| (s² − s'²) ds'.
  Fit(const Side& side, double h) {
    const double end_slope = side.slope(0);
    const double bend = -side.sign * end_slope * h * h;
    piece = {h, 1 / h, {side.value(0) + bend, 2 * bend, bend}};
    const double s = 2 * h;
    error = 2 * s * s * s / (3 * pi * std::sqrt(2 - s * s)) + ThresholdedReluKernel::accuracy +
            evaluation_rounding(side);
  }

  /// Horner's rule: coefficient j passes 2j + 1 roundings. s: 1 − |c| and the root err by 1.5
  /// roundings, which dk/ds = ∓2sL passes on.
  double evaluation_rounding(const Side& side) const {
    double horner = 0;
    for (int j = 0; j < most_nodes; ++j) horner += (2 * j + 1) * std::abs(piece.coefficient[j]);
    return unit_roundoff * (horner + 4 * side.kernel.active_fraction());
  }
};

KernelInterpolant::KernelInterpolant(const ThresholdedReluKernel& kernel, int degree) {
  assert(degree >= 1 && degree <= max_degree);
  pieces_.reserve(2 * pieces);
  const auto add = [this](const Fit& fit) {
    pieces_.push_back(fit.piece);
    error_bound_ = std::max(error_bound_, fit.error);
  };
  for (const double sign : {1.0, -1.0}) {
    const Side side{kernel, sign};
    add(Fit(side, std::ldexp(0.5, -octaves)));
    for (int octave = octaves; octave > 0; --octave) {
      const double start = std::ldexp(1.0, -octave);
      const double half_width = start / (2 * pieces_per_octave);
      for (int i = 0; i < pieces_per_octave; ++i) {
        add(Fit(side, start + (2 * i + 1) * half_width, half_width, degree));
      }
    }
  }
}

}  // namespace wideproof::theory
