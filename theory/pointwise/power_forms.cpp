// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/power_forms.hpp>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace wideproof::theory {
namespace {

constexpr double per_turn = std::numbers::inv_pi / 2;
constexpr double density_at_zero = std::numbers::inv_sqrtpi / std::numbers::sqrt2;

/// E[x₊ⁿ] = (n−1) E[x₊^{n−2}], n = 0…count−1.
std::vector<double> rectified_moments(std::size_t count) {
  std::vector<double> moments{0.5, density_at_zero};
  for (std::size_t n = 2; n < count; ++n) {
    moments.push_back(static_cast<double>(n - 1) * moments[n - 2]);
  }
  return moments;
}

/// I_nn of RectifiedPowerForm.
double rectified_mean(std::size_t order, const GaussianPair& pair) {
  const double c = pair.correlation();
  const double s = std::sqrt(pair.square_lack());
  const auto moment = rectified_moments(order + 1);
  // Rows m − 2, m − 1 and m.
  std::vector<double> before(order + 1), row(order + 1), next(order + 1);
  row[0] = 0.5 - per_turn * pair.angle();
  if (order == 0) return row[0];
  row[1] = 0.5 * pair.excess * density_at_zero;
  double power = s;  // s^{n−1}
  for (std::size_t n = 2; n <= order; ++n, power *= s) {
    row[n] = static_cast<double>(n - 1) * row[n - 2] + c * density_at_zero * power * moment[n - 1];
  }
  const std::vector<double> zeroth = row;
  for (std::size_t m = 1; m <= order; ++m) {
    next[0] = zeroth[m];
    power = s;
    for (std::size_t n = 1; n <= order; ++n, power *= s) {
      const double from_both = c * static_cast<double>(n) * row[n - 1];
      next[n] = from_both + (m == 1 ? density_at_zero * power * moment[n]
                                    : static_cast<double>(m - 1) * before[n]);
    }
    before.swap(row);
    row.swap(next);
  }
  return row[order];
}

}  // namespace

double LeakyReluForm::slope(const GaussianPair& pair) const {
  const double a = slope_below;
  return 0.5 * (1 + a * a) - (1 - a) * (1 - a) * per_turn * pair.angle();
}

double LeakyReluForm::value(const GaussianPair& pair) const {
  const double bend = 1 - slope_below;
  return pair.norm() * (bend * bend * per_turn * std::sqrt(pair.square_lack()) +
                        pair.correlation() * slope(pair));
}

double JumpForm::value(const GaussianPair& pair) const {
  return is_odd ? 1 - 2 * std::numbers::inv_pi * pair.angle() : 0.5 - per_turn * pair.angle();
}

double JumpForm::drop(const GaussianPair& pair) const {
  return (is_odd ? 2 * std::numbers::inv_pi : per_turn) * pair.angle();
}

double RectifiedPowerForm::value(const GaussianPair& pair) const {
  return std::pow(pair.norm(), static_cast<double>(order)) *
         rectified_mean(static_cast<std::size_t>(order), pair);
}

double RectifiedPowerForm::slope(const GaussianPair& pair) const {
  const auto n = static_cast<double>(order);
  return n * n * std::pow(pair.norm(), n - 1) *
         rectified_mean(static_cast<std::size_t>(order - 1), pair);
}

double PolynomialForm::value(const GaussianPair& pair) const {
  // From l = n down, where k rises by 1: b_l b_l = weight · (q_a q_b)^{l/2}.
  const double x = is_hermite ? (pair.qa - 1) * (pair.qb - 1) : pair.qa * pair.qb;
  double weight = 1;
  for (std::int64_t l = 1; l <= order && !is_hermite; ++l) weight *= static_cast<double>(l);
  const double r = pair.covariance();
  double sum = 0;
  double k = 0;
  for (std::int64_t l = order; l >= 0; l -= 2) {
    sum += weight * std::pow(r, static_cast<double>(l));
    ++k;
    weight *= static_cast<double>(l * (l - 1)) / (4 * k * k) * x;
  }
  return sum;
}

double PolynomialForm::slope(const GaussianPair& pair) const {
  const auto n = static_cast<double>(order);
  if (order == 0) return 0;
  return (is_hermite ? n : n * n) * PolynomialForm{order - 1, is_hermite}.value(pair);
}

}  // namespace wideproof::theory
