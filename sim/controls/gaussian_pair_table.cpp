// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/gaussian_pair_table.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

#include <Eigen/LU>
#include <boost/math/quadrature/gauss.hpp>

#include <wideproof/sim/numeric/normal_density.hpp>

namespace wideproof::sim {
namespace {

constexpr int cell_count = 64;
constexpr double pi = std::numbers::pi;

double normal_tail(double x) {
  return std::erfc(x / std::numbers::sqrt2) / 2;
}

/// Ends of intervals in which the integrand over u is as smooth as a normal density over half its
/// width: v's mean passes τ at u = τ/c, as fast as its standard deviation is small.
std::vector<double> panels(double tau, double c, double s) {
  constexpr double panel = 0.5;
  constexpr double reach = 9;  // the density has fallen by 10⁻¹⁷ there
  const double top = std::max(tau, 0.0) + reach;
  std::vector<double> ends = {tau, top};
  for (double u = tau + panel; u < top; u += panel) ends.push_back(u);
  const double width = s / std::abs(c);
  if (width < panel) {
    for (int k = -8; k <= 8; ++k) {
      const double u = tau / c + k * width;
      if (u > tau && u < top) ends.push_back(u);
    }
  }
  std::sort(ends.begin(), ends.end());
  return ends;
}

template <std::size_t Size>
double value(const std::array<double, Size>& polynomial, double t) {
  double sum = polynomial[Size - 1];
  for (std::size_t i = Size - 1; i-- > 0;) sum = sum * t + polynomial[i];
  return sum;
}

}  // namespace

PairMeans GaussianPairTable::integral(double tau, double theta) {
  const double c = std::cos(theta);
  const double s = std::sin(theta);
  const auto ends = panels(tau, c, s);
  const auto sum = [&](const auto& integrand) {
    double total = 0;
    for (std::size_t i = 1; i < ends.size(); ++i) {
      total += boost::math::quadrature::gauss<double, 20>::integrate(
          [&](double u) { return normal_density(u) * integrand(u, (tau - c * u) / s); },
          ends[i - 1], ends[i]);
    }
    return total;
  };
  const auto excess = [&](double x) { return s * (normal_density(x) - x * normal_tail(x)); };
  return {.product = sum([&](double u, double x) { return (u - tau) * excess(x); }),
          .coactive = sum([](double, double x) { return normal_tail(x); }),
          .gated = sum([&](double, double x) { return excess(x); })};
}

GaussianPairTable::GaussianPairTable(double tau)
    : tau_(tau),
      active_fraction_(normal_tail(tau)),
      density_(normal_density(tau)),
      cells_(cell_count) {
  Eigen::Vector<double, order> nodes;
  Eigen::Matrix<double, order, order> powers;
  for (int i = 0; i < order; ++i) {
    nodes(i) = std::cos(pi * (i + 0.5) / order);
    for (int power = 0; power < order; ++power) powers(i, power) = std::pow(nodes(i), power);
  }
  const Eigen::FullPivLU<Eigen::Matrix<double, order, order>> interpolation(powers);
  for (int cell = 0; cell < cell_count; ++cell) {
    Eigen::Matrix<double, order, 3> values;
    for (int i = 0; i < order; ++i) {
      const auto means = integral(tau, pi * (cell + (1 + nodes(i)) / 2) / cell_count);
      values.row(i) << means.product, means.coactive, means.gated;
    }
    const Eigen::Matrix<double, order, 3> coefficients = interpolation.solve(values);
    auto& polynomials = cells_[static_cast<std::size_t>(cell)];
    std::copy_n(coefficients.col(0).data(), order, polynomials.product.begin());
    std::copy_n(coefficients.col(1).data(), order, polynomials.coactive.begin());
    std::copy_n(coefficients.col(2).data(), order, polynomials.gated.begin());
  }
}

PairMeans GaussianPairTable::operator()(double correlation) const {
  // The polynomials would leave their rounding of what is exactly 0.
  constexpr double opposite = -1 + 4 * std::numeric_limits<double>::epsilon();
  if (correlation <= opposite && tau_ >= 0) return {};
  const double place = std::acos(std::clamp(correlation, -1.0, 1.0)) * (cell_count / pi);
  if (std::isnan(place)) return {place, place, place};
  const int cell = std::min(static_cast<int>(place), cell_count - 1);
  const double t = 2 * (place - cell) - 1;
  const auto& polynomials = cells_[static_cast<std::size_t>(cell)];
  return {value(polynomials.product, t), value(polynomials.coactive, t),
          value(polynomials.gated, t)};
}

}  // namespace wideproof::sim
