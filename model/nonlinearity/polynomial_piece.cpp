// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/polynomial_piece.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace wideproof::model {
namespace {

constexpr std::size_t nodes = PolynomialPiece::degree + 1;
constexpr double rounding = std::numeric_limits<double>::epsilon();

double chebyshev_node(std::size_t k) {
  return std::cos(std::numbers::pi * (static_cast<double>(k) + 0.5) / static_cast<double>(nodes));
}

/// T_j at node k.
double cosine(std::size_t j, std::size_t k) {
  static const auto table = [] {
    std::array<std::array<double, nodes>, nodes> all;
    for (std::size_t row = 0; row < nodes; ++row)
      for (std::size_t column = 0; column < nodes; ++column)
        all[row][column] = std::cos(std::numbers::pi * static_cast<double>(row * (2 * column + 1)) /
                                    static_cast<double>(2 * nodes));
    return all;
  }();
  return table[j][k];
}

double in_unit(double x, double low, double high) {
  return (2 * x - low - high) / (high - low);
}

}  // namespace

PolynomialPiece::Seen PolynomialPiece::fit(const BulkFunction& function) {
  std::array<double, nodes> x, y;
  for (std::size_t k = 0; k < nodes; ++k)
    x[k] = 0.5 * (low + high) + 0.5 * (high - low) * chebyshev_node(k);
  function(x.data(), static_cast<std::int64_t>(nodes), y.data());
  Seen seen;
  for (std::size_t k = 0; k < nodes; ++k) {
    if (!std::isfinite(y[k])) {
      seen.not_finite = x[k];
      return seen;
    }
    seen.largest = std::max(seen.largest, std::abs(y[k]));
    if (k > 0)
      seen.steepest = std::max(seen.steepest, std::abs((y[k] - y[k - 1]) / (x[k] - x[k - 1])));
  }
  for (std::size_t j = 0; j < nodes; ++j) {
    double sum = 0;
    for (std::size_t k = 0; k < nodes; ++k) sum += y[k] * cosine(j, k);
    const double coefficient = (j == 0 ? 1 : 2) * sum / static_cast<double>(nodes);
    // Rounding, which slopes would multiply.
    const bool is_noise = std::abs(coefficient) <= 8 * rounding * seen.largest;
    coefficients[j] = is_noise ? 0 : coefficient;
  }
  return seen;
}

double PolynomialPiece::value(double x) const {
  const double t = in_unit(x, low, high);
  double next = 0, after = 0;
  for (std::size_t j = degree; j > 0; --j)
    after = std::exchange(next, 2 * t * next - after + coefficients[j]);
  return t * next - after + coefficients[0];
}

double PolynomialPiece::slope(double x) const {
  // T_j' = j U_{j−1}
  const double t = in_unit(x, low, high);
  double next = 0, after = 0;
  for (std::size_t j = degree; j > 1; --j)
    after = std::exchange(next, 2 * t * next - after + static_cast<double>(j) * coefficients[j]);
  return (2 * t * next - after + coefficients[1]) * 2 / (high - low);
}

double PolynomialPiece::curvature(double x) const {
  const double away = 1e-2 * (high - low);
  const double inwards = x > 0.5 * (low + high) ? -away : away;
  return (slope(x + inwards) - slope(x)) / inwards;
}

double PolynomialPiece::tail(std::size_t count) const {
  double sum = 0;
  for (std::size_t j = degree + 1 - count; j <= degree; ++j) sum += std::abs(coefficients[j]);
  return sum;
}

bool PolynomialPiece::is_smooth(const Seen& seen, double enough) const {
  const double size = std::max(std::abs(low), std::abs(high));
  return tail(3) <= std::max(enough, 2 * rounding * size * seen.steepest);
}

}  // namespace wideproof::model
