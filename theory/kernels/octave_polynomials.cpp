// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/octave_polynomials.hpp>

#include <array>
#include <limits>
#include <numbers>

namespace wideproof::theory {
namespace {

constexpr double half_circle = std::numbers::pi;
constexpr double half_epsilon = std::numeric_limits<double>::epsilon() / 2;
constexpr int most_nodes = OctavePolynomials::max_degree + 1;
using Coefficients = std::array<double, most_nodes>;

/// Truncation bound of the interpolation on [s0 − h, s0 + h], the least over some discs.
double truncation_bound(const AnalyticFunction& function, double s0, double h, int degree) {
  const double largest_radius = function.largest_radius(s0);
  constexpr int candidates = 32;
  double least = std::numeric_limits<double>::infinity();
  for (int i = 1; i < candidates; ++i) {
    const double radius = largest_radius * i / candidates;
    if (radius <= h) continue;
    const double rho = radius / h + std::sqrt(radius * radius / (h * h) - 1);
    least = std::min(least,
                     4 * function.variation_bound(s0, radius) * std::pow(rho, -degree) / (rho - 1));
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

/// Coefficient j passes 2j + 1 roundings.
double horner_rounding(const OctavePolynomials::Piece& piece) {
  double horner = 0;
  for (int j = 0; j < most_nodes; ++j) horner += (2 * j + 1) * std::abs(piece.coefficient[j]);
  return half_epsilon * horner;
}

}  // namespace

OctavePolynomials::Fit::Fit(const AnalyticFunction& function, double s0, double h, int degree)
    : centre(s0), half_width(h) {
  static constexpr auto powers_of = chebyshev_in_powers();
  const int nodes = degree + 1;
  const double centre_value = function.value(s0);
  std::array<double, most_nodes> angle{};
  std::array<double, most_nodes> excess{};
  double largest_excess = 0;
  for (int j = 0; j < nodes; ++j) {
    angle[j] = half_circle * (j + 0.5) / nodes;
    excess[j] = function.value(s0 + h * std::cos(angle[j])) - centre_value;
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

  const double lebesgue = 2 / half_circle * std::log(nodes) + 1;
  const double sampling = function.sampling_error(std::abs(centre_value) + largest_excess);
  const double transform_rounding = 2 * nodes * (nodes + 4) * half_epsilon * largest_excess;
  error = truncation_bound(function, s0, h, degree) +
          lebesgue * (sampling + function.rounding_of_nodes(s0, h)) + transform_rounding +
          (nodes + 1) * half_epsilon * conversion + function.rounding_of_s(s0, h) +
          horner_rounding(piece);
}

OctavePolynomials::Fit::Fit(const Piece& given, double missed)
    : piece(given),
      centre(given.centre),
      half_width(1 / given.inverse_half_width),
      error(missed + horner_rounding(given)) {}

}  // namespace wideproof::theory
