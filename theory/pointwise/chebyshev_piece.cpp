// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/chebyshev_piece.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wideproof::theory {

ChebyshevPiece::ChebyshevPiece(const std::function<double(double)>& f, double low, double high,
                               std::size_t points)
    : centre_(0.5 * (low + high)), inverse_half_(2 / (high - low)), c_(points) {
  std::vector<double> y(points);
  const auto n = static_cast<double>(points);
  const auto angle = [n](std::size_t j) {
    return std::numbers::pi * (static_cast<double>(j) + 0.5) / n;
  };
  for (std::size_t j = 0; j < points; ++j) {
    y[j] = f(centre_ + 0.5 * (high - low) * std::cos(angle(j)));
  }
  for (std::size_t k = 0; k < points; ++k) {
    for (std::size_t j = 0; j < points; ++j) {
      c_[k] += y[j] * std::cos(static_cast<double>(k) * angle(j)) * (k == 0 ? 1 : 2) / n;
    }
  }
  trim();
}

void ChebyshevPiece::trim() {
  double largest = 0, left_out = 0;
  for (const double c : c_) largest = std::max(largest, std::abs(c));
  while (c_.size() > 1 && left_out + std::abs(c_.back()) <= 2e-17 * largest) {
    left_out += std::abs(c_.back());
    c_.pop_back();
  }
}

double ChebyshevPiece::operator()(double s) const {
  const double t = (s - centre_) * inverse_half_;
  double next = 0, after = 0;
  for (std::size_t k = c_.size() - 1; k > 0; --k) {
    const double value = c_[k] + 2 * t * next - after;
    after = next;
    next = value;
  }
  return c_[0] + t * next - after;
}

double ChebyshevPiece::rise(double s, double length) const {
  const double t = (s - centre_) * inverse_half_;
  const double width = length * inverse_half_;
  // T_k(t), and (T_k(t + width) − T_k(t))/width.
  double before = 1, here = t;
  double slope_before = 0, slope = 1;
  double sum = 0;
  for (std::size_t k = 1; k < c_.size(); ++k) {
    sum += c_[k] * slope;
    const double next_slope = 2 * (t + width) * slope + 2 * here - slope_before;
    slope_before = slope;
    slope = next_slope;
    const double next = 2 * t * here - before;
    before = here;
    here = next;
  }
  return width * sum;
}

ChebyshevPiece ChebyshevPiece::moment_integral(double value_at_low, double factor) const {
  // σ = centre + half t, and t T_k = (T_{k+1} + T_{|k−1|})/2.
  const double half = 1 / inverse_half_;
  std::vector<double> y(c_.size() + 3, 0.0);
  for (std::size_t k = 0; k < c_.size(); ++k) {
    y[k] += centre_ * c_[k];
    y[k + 1] += 0.5 * half * c_[k];
    y[k == 0 ? 1 : k - 1] += 0.5 * half * c_[k];
  }
  ChebyshevPiece result;
  result.centre_ = centre_;
  result.inverse_half_ = inverse_half_;
  result.c_.assign(c_.size() + 2, 0.0);
  double at_low = 0;
  for (std::size_t k = 1; k < result.c_.size(); ++k) {
    const double below = k == 1 ? 2 * y[0] : y[k - 1];
    result.c_[k] = factor * half * (below - y[k + 1]) / (2 * static_cast<double>(k));
    at_low += (k % 2 == 0 ? 1 : -1) * result.c_[k];
  }
  result.c_[0] = value_at_low - at_low;
  return result;
}

}  // namespace wideproof::theory
